import type { Benchmark, Comparison } from './benchmark.js';
import type { Standing } from './rounds.js';

/** What is said of a benchmark: its contenders' figures as a table, and what they are to each other. */
export function reportLines(benchmark: Benchmark, standings: readonly Standing[]): readonly string[] {
  const { unit = 'events' } = benchmark;
  return [
    `${benchmark.name}: ${benchmark.about}`,
    '',
    ...table([titles(unit), ...standings.map(cells)]),
    ...standings.flatMap(({ contender, note }) => (note === undefined ? [] : [`${contender}: ${note}`])),
    '',
    ...benchmark.comparisons.flatMap((comparison) => comparisonLine(comparison, standings, unit)),
    '',
  ];
}

/** How many times the peer's figure the subject's is; undefined where one of them has none. */
export function ratio({ subject, peer, figure }: Ratio, standings: readonly Standing[]): number | undefined {
  const [one, other] = [subject, peer].map((name) => standings.find(({ contender }) => contender === name));
  return one && other ? one[figure] / other[figure] : undefined;
}

type Ratio = Pick<Comparison, 'subject' | 'peer'> & {
  readonly figure: Comparison['figure'] | 'cpuSecondsPerMillion';
};

function comparisonLine(
  comparison: Comparison,
  standings: readonly Standing[],
  unit: string,
): readonly string[] {
  const value = ratio(comparison, standings);
  if (value === undefined) return [];
  const { subject, peer, figure, wanted } = comparison;
  const hope = wanted === undefined ? '' : `; wanted ${wanted}`;
  if (figure === 'peakBytes')
    return [`${subject}: ${significant(value)} times the peak memory of ${peer}${hope}`];
  if (figure === 'amount') return [`${subject}: ${significant(value)} times the ${unit} of ${peer}${hope}`];
  // What else the machine does hits the time more than the processor time.
  const work = 1 / (ratio({ ...comparison, figure: 'cpuSecondsPerMillion' }, standings) ?? Number.NaN);
  return [
    `${subject}: ${significant(value)} times as fast as ${peer}${hope}; ` +
      `${significant(work)} times the ${unit} of a CPU second`,
    ...allowedLine(comparison, standings),
  ];
}

function allowedLine(
  { subject, peer, allowed }: Comparison,
  standings: readonly Standing[],
): readonly string[] {
  const [one, other] = [subject, peer].map((name) => standings.find(({ contender }) => contender === name));
  if (!allowed || !one || !other) return [];
  const most = (allowed.times * 1_000) / other.rate + allowed.milliseconds;
  const took = 1_000 / one.rate;
  return [
    `${subject}: ${significant(took)} ms each, of the ${significant(most)} ms that are ${allowed.times} times ` +
      `${peer} and ${allowed.milliseconds} ms: ${took <= most ? 'met' : 'missed'}`,
  ];
}

const titles = (unit: string): readonly string[] => [
  '',
  `${unit}/s`,
  'slowest',
  'fastest',
  unit,
  'CPU s',
  'CPU s/million',
  'peak MiB',
  'server CPU s/million',
  'server peak MiB',
];

const cells = (standing: Standing): readonly string[] => [
  standing.contender,
  rate(standing.rate),
  rate(standing.slowest),
  rate(standing.fastest),
  whole(standing.amount),
  significant(standing.cpuSeconds),
  significant(standing.cpuSecondsPerMillion),
  mebibytes(standing.peakBytes),
  significant(standing.surroundingsCpuSecondsPerMillion),
  mebibytes(standing.surroundingsPeakBytes),
];

/** Columns in which nothing stands are left out; the first is to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = [...(rows[0] ?? [])]
    .map((_, column) => column)
    .filter((column) => rows.slice(1).some((row) => row[column] !== ''));
  const widths = new Map(
    columns.map((column) => [column, Math.max(...rows.map((row) => row[column]?.length ?? 0))]),
  );
  return rows.map((row) =>
    columns
      .map((column) => {
        const width = widths.get(column) ?? 0;
        return column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Of what takes long, there is a part of one in a second. */
const rate = (value: number) => (value < 100 ? significant(value) : whole(value));
const whole = (value: number) => Math.round(value).toLocaleString('en');
const significant = (value = Number.NaN) =>
  Number.isNaN(value) ? '' : value.toLocaleString('en', { maximumSignificantDigits: 3 });
const mebibytes = (bytes = Number.NaN) => (Number.isNaN(bytes) ? '' : whole(bytes / 2 ** 20));
