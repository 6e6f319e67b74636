import type { DescribeLimitsCommandInput, DescribeLimitsCommandOutput } from '@aws-sdk/client-kinesis';
import type { Operation } from '../wire/operation.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { openShards, type StreamEntry } from './stream-entry.js';

/** What an account has, and may have, in one region. Nothing is refused for being beyond it here. */
export const describeLimits =
  ({ store }: Kinesis): Operation<DescribeLimitsCommandInput, DescribeLimitsCommandOutput> =>
  (_input, { account, region }) => {
    const streams = [...store.entries.list<StreamEntry>(['stream', account, region])];
    const provisioned = streams.filter(({ mode }) => mode === 'PROVISIONED');
    return {
      ShardLimit: LIMITS.accountShards,
      OpenShardCount: provisioned.reduce((count, stream) => count + openShards(stream).length, 0),
      OnDemandStreamCount: streams.length - provisioned.length,
      OnDemandStreamCountLimit: LIMITS.accountOnDemandStreams,
    };
  };
