import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DeliveredFile } from './delivered-file.js';
import type { Destination } from './delivery-entry.js';
import { wholePrefix } from './prefix.js';

/** Records go to a destination as they came, or so their backup does. */
type Target = Pick<Destination, 'BucketARN' | 'Prefix' | 'CompressionFormat' | 'FileExtension'>;

/** The records one behind the other in a file of their own at `path`, compressed as the target says. */
export async function recordsFile(
  recordsPath: string,
  path: string,
  { BucketARN: bucketArn, Prefix, CompressionFormat, FileExtension }: Target,
): Promise<DeliveredFile> {
  const target = { path, bucketArn, prefix: wholePrefix(Prefix) };
  if (CompressionFormat === 'GZIP') {
    await pipeline(createReadStream(recordsPath), createGzip(), createWriteStream(path));
    return { ...target, extension: FileExtension || '.gz', contentEncoding: 'gzip' };
  }
  // The same bytes under another name, where the file system has that: neither is ever written to again.
  await link(recordsPath, path).catch(() => copyFile(recordsPath, path));
  return { ...target, extension: FileExtension ?? '' };
}
