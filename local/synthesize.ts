import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's CDKTF app, as `cdktf.json` runs it. */
const APP = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * Runs the CDKTF app for a local AWS at `endpoint` and hands each stack that it synthesizes to `use`, as the path of
 * its `cdk.tf.json`. The files are gone afterwards.
 * @throws SynthesisError with what the app said, where it fails.
 */
export async function withSynthesizedStacks(
  endpoint: string,
  use: (stackFile: string) => Promise<void>,
): Promise<void> {
  const outdir = await mkdtemp(path.join(tmpdir(), 'lakehouse-synth-'));
  try {
    await runApp({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: endpoint, CDKTF_OUTDIR: outdir });
    const stacks = path.join(outdir, 'stacks');
    for (const stack of await readdir(stacks)) await use(path.join(stacks, stack, 'cdk.tf.json'));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function runApp(environment: Readonly<Record<string, string>>): Promise<void> {
  const app = spawn(process.execPath, ['--import', 'tsx', APP], {
    cwd: path.dirname(APP),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    app.once('error', reject);
    app.once('close', resolve);
  });
  if (code !== 0) throw new SynthesisError(errors.trim() || `main.ts ended with ${code}`);
}

/** The CDKTF app failed; the message is what it said. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}
