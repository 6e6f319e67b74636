import { writeFile } from 'node:fs/promises';
import { defineCommand } from '../cli/command.js';
import { Output } from '../cli/output.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { UsageError } from '../cli/usage-error.js';
import { wholeNumber } from '../cli/whole-number.js';
import type { Benchmark } from './benchmark.js';
import { benchmarks } from './benchmarks/index.js';
import { lookAtMachine, machineLines } from './machine.js';
import { ratio, reportLines } from './report.js';
import { runRounds } from './rounds.js';
import { takeTurn } from './turn.js';

const EXIT_FAILED = 1;

interface Flags {
  readonly rounds?: number;
  readonly events?: number;
  readonly json?: string;
}

await runCommand(main, { noAccess: EXIT_FAILED });

async function main(): Promise<number> {
  const parsed = command().parse();
  const flags = parsed.opts<Flags>();
  const chosen = choose(parsed.args);
  const output = new Output();
  const print = (lines: readonly string[]) => output.write(lines.map((line) => `${line}\n`).join(''));

  const signals = catchStopSignals();
  signals.endNow.addEventListener('abort', () => process.exit(signals.exitCode()));
  const machine = await lookAtMachine();
  await print([...machineLines(machine), '']);
  await output.flush();
  const failures: string[] = [];
  const results: unknown[] = [];
  for (const benchmark of chosen) {
    if (signals.stop.aborted) break;
    const rounds = flags.rounds ?? benchmark.rounds;
    const standings = await runRounds(benchmark, {
      rounds,
      stop: signals.stop,
      takeTurn: (contender, round) => {
        tell(`${benchmark.name}, round ${round + 1} of ${rounds}: ${contender.name}`);
        return takeTurn(benchmark, contender, { events: flags.events, stop: signals.stop });
      },
      onFailure: ({ name }, error) => {
        failures.push(`${benchmark.name}: ${name} failed: ${(error as Error).message}`);
        tell(failures.at(-1) ?? '');
      },
    });
    if (standings.length > 0) await print(reportLines(benchmark, standings));
    await output.flush();
    results.push({
      benchmark: benchmark.name,
      rounds,
      standings,
      comparisons: benchmark.comparisons.map((comparison) => ({
        ...comparison,
        ratio: ratio(comparison, standings) ?? null,
      })),
    });
  }
  if (flags.json) await writeFile(flags.json, `${JSON.stringify({ machine, results, failures }, null, 2)}\n`);
  signals.release();
  return signals.exitCode() ?? (failures.length > 0 ? EXIT_FAILED : 0);
}

function command() {
  return defineCommand('bench', 'Measures the parts of the lakehouse against their alternatives, in one run.')
    .argument('[name...]', `which benchmarks: ${names()} (default: all)`)
    .option('--rounds <n>', 'turns of each contender; the median counts', wholeNumber(1, 1_000))
    .option('--events <n>', "events of a turn, instead of each contender's own number", wholeNumber(1, 1e9))
    .option('--json <file>', 'write all figures to this file')
    .addHelpText(
      'after',
      `
${benchmarks.map(({ name, about }) => `${name}: ${about}`).join('\n')}

Contenders take turns, each turn in a process of its own, on this machine and without AWS. Figures depend on the
machine; the ratios between contenders of one run less so. What is wanted of a ratio is printed beside it and nothing
more: it exits with 0 unless something could not be run.`,
    );
}

function choose(asked: readonly string[]): readonly Benchmark[] {
  if (asked.length === 0) return benchmarks;
  return asked.map((wanted) => {
    const benchmark = benchmarks.find(({ name }) => name === wanted);
    if (!benchmark) throw new UsageError(`There is no benchmark "${wanted}", but there are ${names()}.`);
    return benchmark;
  });
}

function names(): string {
  return benchmarks.map(({ name }) => name).join(', ');
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
