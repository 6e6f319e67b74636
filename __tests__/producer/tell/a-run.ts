import { RunCost } from '../../../producer/cost/run-cost.js';
import type { ProduceReport } from '../../../producer/produce-report.js';
import type { RunFacts } from '../../../producer/tell/run-facts.js';

/** A run in which all went well. */
export const report: ProduceReport = {
  taken: 1_000,
  acknowledged: 1_000,
  refused: 0,
  failed: 0,
  spilled: 0,
  retried: 0,
  throttled: 0,
  possiblyDuplicated: 0,
  possiblyDelivered: 0,
  requests: 3,
  records: 9,
  bytes: 196_063,
  latency: { p50: 104.4321, p99: 131.98765 },
  failures: [],
};

export const facts: RunFacts = {
  dataset: 'customers',
  stream: 'lakehouse-dev-customers',
  region: 'eu-west-1',
  startedAt: new Date('2026-02-03T04:05:06.000Z'),
  milliseconds: 2_500,
  exitCode: 0,
  cost: new RunCost().report(),
};
