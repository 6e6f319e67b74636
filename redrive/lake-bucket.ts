import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { errorName } from '../cli/error-shape.js';
import type { Connection } from '../settings/index.js';

/** An object, as a listing names it. */
export interface ListedObject {
  readonly key: string;
  /** Bytes, compressed or not. */
  readonly size: number;
}

/** A small object, whole. */
export interface SmallObject {
  readonly text: string;
  readonly etag: string;
  /** When it was written, by S3's clock, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** What has to be so for an object to be written: that there is none, or that it is still the one of an ETag. */
export type WriteCondition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unchanged'; readonly etag: string };

/** The data bucket of a lakehouse, as much of it as sending again needs. */
export class LakeBucket {
  private constructor(
    private readonly client: S3Client,
    private readonly sdk: typeof import('@aws-sdk/client-s3'),
    readonly name: string,
  ) {}

  /** Connects to a bucket through the AWS SDK, which does the retrying. */
  static async connect(connection: Connection, name: string): Promise<LakeBucket> {
    // Loaded here, so that `--help` and a mistyped flag need not wait for it.
    const sdk = await import('@aws-sdk/client-s3');
    const client = new sdk.S3Client({ ...connection, forcePathStyle: connection.endpoint !== undefined });
    return new LakeBucket(client, sdk, name);
  }

  /** Closes the connections that are kept. */
  close(): void {
    this.client.destroy();
  }

  /** The folders right under one; each ends in `/`, as does `folder`. */
  async folders(folder: string): Promise<readonly string[]> {
    const folders: string[] = [];
    const query = { Bucket: this.name, Prefix: folder, Delimiter: '/' };
    for await (const { CommonPrefixes = [] } of this.sdk.paginateListObjectsV2(
      { client: this.client },
      query,
    ))
      folders.push(...CommonPrefixes.flatMap(({ Prefix }) => Prefix ?? []));
    return folders;
  }

  /** The objects under a folder in the order of their keys, from behind a key on. */
  async *list(folder: string, after: string): AsyncGenerator<ListedObject> {
    const query = { Bucket: this.name, Prefix: folder, StartAfter: after };
    for await (const { Contents = [] } of this.sdk.paginateListObjectsV2({ client: this.client }, query))
      for (const { Key, Size = 0 } of Contents) if (Key !== undefined) yield { key: Key, size: Size };
  }

  /**
   * The bytes of an object as they lie there. Where the connection breaks, or S3 has closed one that nobody read from
   * for a while, it goes on where it was.
   */
  async *read(key: string): AsyncGenerator<Uint8Array> {
    let etag: string | undefined;
    let size = Number.POSITIVE_INFINITY;
    let at = 0;
    for (let failures = 0; at < size; ) {
      try {
        const answer: GetObjectCommandOutput = await this.client.send(
          new this.sdk.GetObjectCommand({
            Bucket: this.name,
            Key: key,
            ...(etag !== undefined && { IfMatch: etag, Range: `bytes=${at}-` }),
          }),
        );
        etag ??= answer.ETag;
        size = at + (answer.ContentLength ?? 0);
        for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
          at += chunk.length;
          failures = 0;
          yield chunk;
        }
        if (at < size) throw new Error(`${key} ended after ${at} of ${size} bytes.`);
      } catch (error) {
        // Before the first byte the SDK has tried often enough.
        if (at === 0 || ++failures > READ_RETRIES) throw error;
      }
    }
  }

  /** A small object, whole; undefined where there is none. */
  async readSmall(key: string): Promise<SmallObject | undefined> {
    try {
      const {
        Body,
        ETag = '',
        LastModified,
      } = await this.client.send(new this.sdk.GetObjectCommand({ Bucket: this.name, Key: key }));
      const text = (await Body?.transformToString()) ?? '';
      return { text, etag: ETag, writtenAt: LastModified?.getTime() ?? 0 };
    } catch (error) {
      if (errorName(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Writes a small object if the condition holds, and gives its ETag; undefined, having written nothing, if not. */
  async writeSmall(key: string, text: string, condition: WriteCondition): Promise<string | undefined> {
    const only = condition.kind === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
    try {
      const { ETag = '' } = await this.client.send(
        new this.sdk.PutObjectCommand({
          Bucket: this.name,
          Key: key,
          Body: text,
          ContentType: 'application/json',
          ...only,
        }),
      );
      return ETag;
    } catch (error) {
      if (NOT_AS_EXPECTED.has(errorName(error))) return undefined;
      throw error;
    }
  }
}

/** How often in a row the reading of an object is taken up again without a byte being read. */
const READ_RETRIES = 5;

/**
 * What S3 says where a condition does not hold, where another writes at the same time, and where there is no object
 * that could be unchanged.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const NOT_AS_EXPECTED = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']);
