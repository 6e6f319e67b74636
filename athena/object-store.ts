import type { Connection } from '../settings/index.js';

/** Where an object lies: its bucket and its key. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** A part of an object. */
export interface ObjectPart {
  readonly bytes: Uint8Array;
  /** Bytes of the whole object. */
  readonly size: number;
  readonly etag: string | undefined;
}

/** What results and movements need of S3; each operation retries by itself where it is throttled. */
export interface ObjectStore {
  /**
   * Bytes from `start` to before `end`, or to the object's end where that comes first.
   * @param etag refuses an object that is not the same any more.
   */
  read(
    location: ObjectLocation,
    range: { readonly start: number; readonly end: number; readonly etag?: string | undefined },
    signal?: AbortSignal,
  ): Promise<ObjectPart>;
  /** Up to 1,000 keys that begin with the location's. */
  list(location: ObjectLocation): Promise<readonly string[]>;
  remove(location: ObjectLocation): Promise<void>;
  /** Closes the connections that are kept. */
  close(): void;
}

/** Connects to S3 through the AWS SDK, which does the retrying. */
export async function connectObjectStore(connection: Connection): Promise<ObjectStore> {
  // Loaded when a result is large: most are not.
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({ ...connection, forcePathStyle: connection.endpoint !== undefined });
  return {
    read: async ({ bucket, key }, { start, end, etag }, signal) => {
      const request = new sdk.GetObjectCommand({
        Bucket: bucket,
        Key: key,
        Range: `bytes=${start}-${end - 1}`,
        ...(etag !== undefined && { IfMatch: etag }),
      });
      const sent = client.send(request, signal ? { abortSignal: signal } : {});
      const answer = await sent.catch((error: unknown) => {
        // An empty object has no range that one could ask for.
        if (start === 0 && error instanceof Error && error.name === 'InvalidRange') return undefined;
        throw error;
      });
      const bytes = (await answer?.Body?.transformToByteArray()) ?? new Uint8Array();
      return { bytes, size: sizeOf(answer?.ContentRange) ?? bytes.byteLength, etag: answer?.ETag };
    },
    list: async ({ bucket, key }) => {
      const { Contents = [] } = await client.send(
        new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: key }),
      );
      return Contents.flatMap((object) => object.Key ?? []);
    },
    remove: async ({ bucket, key }) => {
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    close: () => client.destroy(),
  };
}

/** The size of the whole in `bytes 0-9/100`. */
function sizeOf(range: string | undefined): number | undefined {
  const [, size] = /\/(\d+)$/.exec(range ?? '') ?? [];
  return size === undefined ? undefined : Number(size);
}

/** The bucket and key in `s3://bucket/key`; undefined for any other text. */
export function parseLocation(location: string | undefined): ObjectLocation | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(location ?? '') ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
