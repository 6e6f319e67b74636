import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';

/** A record as a reader has it. */
export interface ReadRecord {
  readonly key: string;
  readonly text: string;
  readonly encryption: string | undefined;
}

/**
 * Reads a stream as consumers do: from the shards that there were at its beginning, and from a closed one on to those
 * that `ChildShards` names, each once all its parents have been read.
 */
export async function drain(
  kinesis: KinesisClient,
  StreamName: string,
  pageSize = 1000,
): Promise<ReadRecord[]> {
  const { Shards = [] } = await kinesis.send(
    new ListShardsCommand({ StreamName, ShardFilter: { Type: 'FROM_TRIM_HORIZON' } }),
  );
  const known = new Set(Shards.map(({ ShardId }) => ShardId));
  const waiting = Shards.filter(({ ParentShardId }) => !ParentShardId || !known.has(ParentShardId)).map(
    ({ ShardId = '' }) => ({ ShardId, ParentShards: [] as string[] }),
  );
  const drained = new Set<string>();
  const records: ReadRecord[] = [];
  for (;;) {
    const next = waiting.findIndex(({ ParentShards }) => ParentShards.every((parent) => drained.has(parent)));
    const [shard] = next === -1 ? [] : waiting.splice(next, 1);
    if (!shard) return records;
    if (drained.has(shard.ShardId)) continue;
    drained.add(shard.ShardId);
    const page = await readShard(kinesis, { StreamName, ShardId: shard.ShardId, pageSize });
    records.push(...page.records);
    for (const { ShardId = '', ParentShards = [] } of page.children) waiting.push({ ShardId, ParentShards });
  }
}

/** Reads a shard from its beginning to its end, and gives its children too, of which an open one has none. */
async function readShard(
  kinesis: KinesisClient,
  {
    pageSize,
    ...shard
  }: { readonly StreamName: string; readonly ShardId: string; readonly pageSize: number },
) {
  const records: ReadRecord[] = [];
  let { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ ...shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  for (;;) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: pageSize }));
    for (const { PartitionKey = '', Data, EncryptionType } of page.Records ?? []) {
      records.push({
        key: PartitionKey,
        text: Buffer.from(Data ?? []).toString(),
        encryption: EncryptionType,
      });
    }
    if (!page.NextShardIterator) return { records, children: page.ChildShards ?? [] };
    if (page.Records?.length === 0 && page.MillisBehindLatest === 0) return { records, children: [] };
    ShardIterator = page.NextShardIterator;
  }
}
