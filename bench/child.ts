import '../cli/sdk-warning.js';
import type { Task } from './benchmark.js';
import { benchmarks } from './benchmarks/index.js';
import type { ChildReport } from './turn.js';

// The process of one turn: told what to do by its arguments, it answers with what it measured.
const [benchmarkName, contenderName, task = '{}'] = process.argv.slice(2);
const contender = benchmarks
  .find(({ name }) => name === benchmarkName)
  ?.contenders.find(({ name }) => name === contenderName);
if (!contender) throw new Error(`There is no ${contenderName} in ${benchmarkName}.`);

const measurement = await contender.run(JSON.parse(task) as Task);
const report: ChildReport = { peakBytes: process.resourceUsage().maxRSS * 1_024, ...measurement };
process.send?.(report, () => process.exit());
