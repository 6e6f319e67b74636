import '../cli/sdk-warning.js';
import { defineCommand } from '../cli/command.js';
import { runCommand } from '../cli/run-command.js';
import { loadSettings, type Settings } from '../settings/index.js';
import { checks } from './checks.js';
import type { Finding } from './finding.js';

const context: { settings?: Settings } = {};

/** `npm run doctor`: what is wrong with this machine's set-up, a line each, and what to do about it. */
await runCommand(
  async () => {
    defineCommand('doctor', 'Looks whether this machine has what plan, deploy and destroy need.').parse();
    const settings = loadSettings();
    context.settings = settings;
    process.stdout.write(`environment ${settings.environment}, region ${settings.region}\n`);
    let isWell = true;
    for await (const finding of checks(settings)) {
      if (finding.verdict === 'wrong') isWell = false;
      process.stdout.write(`${line(finding)}\n`);
    }
    return isWell ? 0 : 1;
  },
  { noAccess: 1 },
  context,
);

function line({ subject, verdict, text, advice }: Finding): string {
  const words = advice ? `${text.replace(/\.$/, '')}. ${advice}` : text;
  return `${verdict.padEnd(6)} ${subject}: ${words}`;
}
