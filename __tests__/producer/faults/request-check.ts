import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { Reply } from './reply.js';

/**
 * What Kinesis says of a request that is wrong in itself, all of which it then refuses.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export function refusalOf({ Records: records = [] }: PutRecordsCommandInput): Reply | undefined {
  if (records.length < 1 || records.length > 500) return invalid(`${records.length} records`);
  let sum = 0;
  for (const { Data: data = new Uint8Array(), PartitionKey: key = '', ExplicitHashKey: hashKey } of records) {
    const bytes = data.length + Buffer.byteLength(key);
    sum += bytes;
    const characters = [...key].length;
    if (characters < 1 || characters > 256) return invalid(`a partition key of ${characters} characters`);
    if (bytes > MiB) return invalid(`a record of ${bytes} bytes with its key`);
    if (hashKey !== undefined && !isHashKey(hashKey)) return invalid(`explicit hash key ${hashKey}`);
  }
  return sum > 10 * MiB ? invalid(`${sum} bytes`) : undefined;
}

const MiB = 1_048_576;

function invalid(what: string): Reply {
  const message = `Kinesis takes no request with ${what}`;
  return { kind: 'error', name: 'ValidationException', message, status: 400 };
}

function isHashKey(text: string): boolean {
  return /^(0|[1-9]\d{0,38})$/.test(text) && BigInt(text) < 2n ** 128n;
}
