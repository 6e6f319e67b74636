import '../cli/sdk-warning.js';
import { spawn } from 'node:child_process';
import { openEnvironment } from '../cli/open-environment.js';
import { runCommand } from '../cli/run-command.js';
import { UsageError } from '../cli/usage-error.js';
import { oldestTerraform, type Settings } from '../settings/index.js';
import { requireAccount } from './account.js';
import { bootstrapApp, type CdktfApp, lakehouseApp } from './cdktf-app.js';
import { requireConsents } from './consents.js';
import { requireProvider } from './provider.js';
import { readState } from './state.js';
import { requireTerraform } from './terraform.js';

/** What can be done with a stack, in the CDKTF command line's own words. */
const ACTIONS = ['plan', 'deploy', 'destroy'] as const;

const context: { settings?: Settings } = {};

/**
 * `npm run plan`, `deploy` and `destroy`: the CDKTF command line, once what it needs is there. Whatever else stands on
 * the command line is for it. With `bootstrap` before the action, they act on the team's stack.
 */
await runCommand(
  async () => {
    const words = process.argv.slice(2);
    const isBootstrap = words[0] === 'bootstrap';
    const [action = '', ...flags] = isBootstrap ? words.slice(1) : words;
    if (!ACTIONS.some((known) => known === action)) {
      throw new UsageError(`The action is "${action}", but must be one of ${ACTIONS.join(', ')}.`);
    }
    const wanted = (settings: Settings) => {
      context.settings = settings;
    };
    if (flags.includes('--help') || flags.includes('-h')) return run('cdktf', [action, '--help'], '.');

    const settings = await openEnvironment(wanted);
    const app = isBootstrap ? bootstrapApp() : lakehouseApp(settings);
    await requireTerraform(oldestTerraform(settings));
    await requireAccount(settings);
    if (action === 'destroy' && !isBootstrap) requireConsents(settings, await readState(app, settings));
    const synthesized = await synthesize(app);
    if (synthesized !== 0) return synthesized;
    await requireProvider(app);
    return run('cdktf', [action, '--skip-synth', '--skip-provider-lock', ...flags], app.folder);
  },
  { noAccess: 1 },
  context,
);

/** The app says on stderr what is wrong with the configuration. */
function synthesize({ folder, program }: CdktfApp): Promise<number> {
  return run(process.execPath, ['--import', 'tsx', program], folder);
}

/** Runs a program in this terminal and gives its exit code. Ctrl-C is for it: it ends in its own time, and this after it. */
async function run(program: string, args: readonly string[], folder: string): Promise<number> {
  const child = spawn(program, args, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  const wait = () => {};
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', wait);
  process.on('SIGTERM', pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', wait);
    process.off('SIGTERM', pass);
  }
}
