import type {
  DisableEnhancedMonitoringCommandInput,
  DisableEnhancedMonitoringCommandOutput,
  EnableEnhancedMonitoringCommandInput,
  EnableEnhancedMonitoringCommandOutput,
  MetricsName,
} from '@aws-sdk/client-kinesis';
import type { Operation, RequestContext } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { changeStream, findStream, type StreamReference } from './stream-entry.js';
import { constraintError } from './validation.js';

/** Every shard-level metric; `ALL` in a request stands for them. */
const METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'IteratorAgeMilliseconds',
  'OutgoingBytes',
  'OutgoingRecords',
  'ReadProvisionedThroughputExceeded',
  'WriteProvisionedThroughputExceeded',
] as const satisfies readonly MetricsName[];

/** Keeps which metrics are wanted; no metrics are published here. */
export const enableEnhancedMonitoring =
  (
    kinesis: Kinesis,
  ): Operation<EnableEnhancedMonitoringCommandInput, EnableEnhancedMonitoringCommandOutput> =>
  (input, context) => {
    const named = metricsNamed(input.ShardLevelMetrics);
    return setMetrics(kinesis, input, context, (metric, isOn) => isOn || named.includes(metric));
  };

export const disableEnhancedMonitoring =
  (
    kinesis: Kinesis,
  ): Operation<DisableEnhancedMonitoringCommandInput, DisableEnhancedMonitoringCommandOutput> =>
  (input, context) => {
    const named = metricsNamed(input.ShardLevelMetrics);
    return setMetrics(kinesis, input, context, (metric, isOn) => isOn && !named.includes(metric));
  };

async function setMetrics(
  { store }: Kinesis,
  reference: StreamReference & { readonly StreamId?: string },
  context: RequestContext,
  isWanted: (metric: MetricsName, isOn: boolean) => boolean,
) {
  refuse(reference, 'StreamId');
  let before = findStream(store.entries, reference, context);
  const after = await changeStream(store, reference, context, (stream) => {
    before = stream;
    return {
      ...stream,
      metrics: METRICS.filter((metric) => isWanted(metric, stream.metrics.includes(metric))),
    };
  });
  return {
    StreamName: after.name,
    StreamARN: after.arn,
    CurrentShardLevelMetrics: [...before.metrics],
    DesiredShardLevelMetrics: [...after.metrics],
  };
}

function metricsNamed(names: readonly string[]): readonly string[] {
  const allowed: readonly string[] = [...METRICS, 'ALL'];
  if (names.length < 1 || names.some((name) => !allowed.includes(name))) {
    throw constraintError(
      `[${names.join(', ')}]`,
      'shardLevelMetrics',
      `satisfy constraint: [Member must satisfy enum value set: [${allowed.join(', ')}]]`,
    );
  }
  return names.includes('ALL') ? METRICS : names;
}
