import type { Differences } from '../wire/differences.js';

export const kinesisDifferences: Differences<typeof import('@aws-sdk/client-kinesis')> = {
  service: [
    'A stream is `ACTIVE` as soon as it is made or changed, and gone as soon as it is deleted: there is no `CREATING`, `UPDATING` or `DELETING`.',
    'A shard is as fast as the machine, unless local AWS was started with `--throttle`: then it is held to 1 MiB and 1,000 records written, and 2 MiB and 5 calls read, a second.',
    'An account may have any number of streams and shards.',
    'There are no registered consumers, and so no enhanced fan-out.',
  ],
  operations: {
    DescribeLimits: 'Tells the limits of a new account, which are not held to.',
    DescribeStream: 'Takes any number of calls a second, as all control operations do.',
    EnableEnhancedMonitoring: 'The metrics are kept by name; none is published.',
    StartStreamEncryption:
      'The key is kept and records say `KMS`; nothing is encrypted, and the key need not be there.',
    UpdateShardCount: 'Is done when it is answered.',
    UpdateStreamMode:
      'An on-demand stream keeps the four shards that it starts with: it does not scale by itself.',
  },
};
