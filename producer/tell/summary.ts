import type { RunCostReport } from '../cost/run-cost.js';
import type { ProduceReport } from '../produce-report.js';
import type { DamagedFile } from '../spill/spill-rest.js';
import type { FailureCount } from '../write/write-report.js';
import type { RunFacts } from './run-facts.js';

/**
 * A run in figures: the object that `--summary-json` writes. Counts are events unless they say otherwise, and `sent` is
 * `acknowledged + deadLettered + spilled + failed`.
 */
export interface RunSummary {
  /** Name of the dataset. */
  readonly dataset: string;
  /** Name of the Kinesis stream. */
  readonly stream: string;
  readonly region: string;
  /** When it began and ended, ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly seconds: number;
  /** The command's exit code. */
  readonly exitCode: number;
  /** Taken to be sent. */
  readonly sent: number;
  /** The stream has said that it has them. */
  readonly acknowledged: number;
  /** Sent again, each counted as often as it was. */
  readonly retried: number;
  /** Sent back by the stream to come more slowly, each counted as often as it was. */
  readonly throttled: number;
  /** Acknowledged after an earlier answer about them was lost: they may be on the stream twice. */
  readonly possibleDuplicates: number;
  /** Can never be sent; in the dead-letter file, where there is one. */
  readonly deadLettered: number;
  /** Could not be sent, and kept in the spill folder. */
  readonly spilled: number;
  /** Acknowledged, but not noted as such in the spill folder: a replay sends them again. */
  readonly unmarked: number;
  /** Given up, and not kept. */
  readonly failed: number;
  /** Among those given up: an answer about them was lost, so that they may be on the stream all the same. */
  readonly possiblyDelivered: number;
  /** Did not start at their time, since the run was behind; null where none had a time. */
  readonly lateStarts: number | null;
  /** Milliseconds that the latest of them was late by; null where none had a time. */
  readonly latestStartMs: number | null;
  /** Were to start within the duration, and did not; null where none had a time. */
  readonly droppedStarts: number | null;
  /** Why events were not sent, the most frequent first within those that never can be, and within the others. */
  readonly failures: readonly FailureCount[];
  /** Milliseconds from when events were to start until they were acknowledged, within half a percent. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** Events acknowledged a second, over the whole run. */
  readonly achievedRate: number;
  /** Bytes acknowledged, partition keys included. */
  readonly bytes: number;
  /** Kinesis records acknowledged. */
  readonly records: number;
  /** PutRecords requests made. */
  readonly requests: number;
  /** About what the acknowledged records cost, without what the stream costs by the hour. */
  readonly cost: RunCostReport;
  /** Where the dead-lettered events are; null where nobody asked for a file. */
  readonly deadLetterFile: string | null;
  /** Where the spilled events are; null where nobody asked for a folder. */
  readonly spillFolder: string | null;
  /** Files of the spill folder that were found damaged, and how many events of each are uncertain. */
  readonly damagedFiles: readonly DamagedFile[];
}

/** A run in figures. */
export function summaryOf(report: ProduceReport, facts: RunFacts): RunSummary {
  const { startedAt, milliseconds } = facts;
  const { p50, p99 } = report.latency;
  return {
    dataset: facts.dataset,
    stream: facts.stream,
    region: facts.region,
    startedAt: startedAt.toISOString(),
    endedAt: new Date(startedAt.getTime() + milliseconds).toISOString(),
    seconds: rounded(milliseconds / 1_000, 3),
    exitCode: facts.exitCode,
    sent: report.taken,
    acknowledged: report.acknowledged,
    retried: report.retried,
    throttled: report.throttled,
    possibleDuplicates: report.possiblyDuplicated,
    deadLettered: report.refused,
    spilled: report.spilled,
    unmarked: facts.unmarked ?? 0,
    failed: report.failed,
    possiblyDelivered: report.possiblyDelivered,
    lateStarts: facts.lateStarts ?? null,
    latestStartMs: facts.latestStart === undefined ? null : rounded(facts.latestStart, 1),
    droppedStarts: facts.droppedStarts ?? null,
    failures: report.failures,
    latencyMs: { p50: rounded(p50, 3), p99: rounded(p99, 3) },
    achievedRate: rounded(achievedRate(report, milliseconds), 1),
    bytes: report.bytes,
    records: report.records,
    requests: report.requests,
    cost: facts.cost,
    deadLetterFile: facts.deadLetterFile ?? null,
    spillFolder: facts.spillFolder ?? null,
    damagedFiles: facts.damaged ?? [],
  };
}

/** Events acknowledged a second. */
export function achievedRate(
  { acknowledged }: Pick<ProduceReport, 'acknowledged'>,
  milliseconds: number,
): number {
  return milliseconds > 0 ? (acknowledged / milliseconds) * 1_000 : 0;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
