/** Bytes of a bucket's id in front of the keys in it. */
export const BUCKET_BYTES = 4;

export function bucketPrefix(bucketId: number): Buffer {
  const prefix = Buffer.allocUnsafe(BUCKET_BYTES);
  prefix.writeUInt32BE(bucketId);
  return prefix;
}

/** Where the keys begin that come after `key`. */
export const exclusive = (key: string) => Buffer.concat([Buffer.from(key), Buffer.of(0)]);

/** Where the keys begin that come after every key with this prefix. UTF-8 has no byte 0xFF. */
export const behind = (prefix: Buffer) => Buffer.concat([prefix, Buffer.of(0xff)]);
