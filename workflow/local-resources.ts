import { connectionFor, namesFor, type Settings } from '../settings/index.js';
import type { State } from './state.js';

/** A stack in local AWS against Terraform's state of it: what either has and the other has not. */
export interface Differences {
  /** Named in the state, and not there. */
  readonly gone: readonly string[];
  /** There, and not in the state. */
  readonly unknown: readonly string[];
}

/**
 * Looks whether local AWS holds what the state says: its buckets and its streams, which tell as well as all of it.
 * @throws the SDK's error where local AWS does not answer.
 */
export async function compareWithLocal(settings: Settings, { resources }: State): Promise<Differences> {
  const there = await list(settings);
  const known = resources.flatMap(({ type, attributes }) => {
    const name = NAMED_BY[type] && attributes[NAMED_BY[type]];
    return typeof name === 'string' ? [`${type} ${name}`] : [];
  });
  return {
    gone: known.filter((name) => !there.includes(name)),
    unknown: there.filter((name) => !known.includes(name)),
  };
}

const NAMED_BY: Readonly<Record<string, string>> = { aws_s3_bucket: 'bucket', aws_kinesis_stream: 'name' };

async function list(settings: Settings): Promise<string[]> {
  const connection = { ...connectionFor(settings), maxAttempts: 1 };
  const [{ ListStreamsCommand, KinesisClient }, { ListBucketsCommand, S3Client }] = await Promise.all([
    import('@aws-sdk/client-kinesis'),
    import('@aws-sdk/client-s3'),
  ]);
  const s3 = new S3Client({ ...connection, forcePathStyle: true });
  const kinesis = new KinesisClient(connection);
  try {
    const [{ Buckets = [] }, { StreamNames = [] }] = await Promise.all([
      s3.send(new ListBucketsCommand({})),
      kinesis.send(new ListStreamsCommand({})),
    ]);
    const own = `${namesFor(settings).prefix}-`;
    return [
      ...Buckets.map(({ Name = '' }) => ({ type: 'aws_s3_bucket', name: Name })),
      ...StreamNames.map((name) => ({ type: 'aws_kinesis_stream', name })),
    ]
      .filter(({ name }) => name.startsWith(own))
      .map(({ type, name }) => `${type} ${name}`);
  } finally {
    s3.destroy();
    kinesis.destroy();
  }
}
