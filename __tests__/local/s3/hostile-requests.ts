import { readdir } from 'node:fs/promises';
import { maxHeaderSize } from 'node:http';
import path from 'node:path';
import { CreateBucketCommand, CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { runLocalAws, temporaryFolder } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const long = fc.constantFrom('k'.repeat(1024), 'k'.repeat(1025), '%00'.repeat(1024), '\u{20ac}'.repeat(400));
const segment = fc.oneof(
  fc.constantFrom(
    'bucket',
    'key',
    '..',
    '.',
    '%2e%2e',
    '%2F',
    '%2f..%2f',
    '',
    '%00',
    '%ff',
    '%',
    '%5c',
    '~',
    '*',
    'k=v',
  ),
  fc.constantFrom('year=2026', 'year=..%2f', 'UPPER', '127.0.0.1', 'b'.repeat(64), 'b'.repeat(3000)),
  fc.string({ unit: 'binary', maxLength: 8 }).map(encodeURIComponent),
  fc.stringMatching(/^[!-"$->@-~]{0,8}$/),
  long.map((text) => (text.startsWith('%') ? text : encodeURIComponent(text))),
);
const target = fc
  .tuple(fc.constantFrom('/bucket/', '/bucket/', '/'), fc.array(segment, { maxLength: 5 }))
  .map(([start, parts]) => start + parts.join('/'));

const value = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1.5',
    '1e9',
    'NaN',
    '99999999999999999999',
    'true',
    '*',
    'url',
    '"',
    '../..',
    'null',
  ),
  fc.constantFrom(
    'bytes=0-1',
    'bytes=9-1',
    'bucket/key',
    '/bucket/../x',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'CRC32',
  ),
  fc.constantFrom('CRC64NVME', 'REPLACE', 'AAAAAA==', 'aws-chunked', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'),
  fc.constantFrom('ETag, ObjectParts', 'a=b&a=b', '20260204T213554Z', 'example.com'),
  fc.constantFrom(
    'AWS4-HMAC-SHA256 Credential=x/x/x/s3/aws4_request',
    'AWS4-HMAC-SHA256 Credential=1/2026/../s3/aws4_request, Signature=',
    `Credential=${'/'.repeat(3000)}`,
    'Bearer x',
  ),
  fc.constant('the upload'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constant('v'.repeat(4000)),
);
const question = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...[
        'uploads',
        'uploadId',
        'partNumber',
        'list-type',
        'max-keys',
        'prefix',
        'delimiter',
        'marker',
        'delete',
      ],
      ...[
        'start-after',
        'continuation-token',
        'encoding-type',
        'versions',
        'key-marker',
        'version-id-marker',
      ],
      ...['X-Amz-Signature', 'X-Amz-Date', 'X-Amz-Expires', 'AWSAccessKeyId', 'Expires', 'attributes'],
      ...['versionId', 'part-number-marker', 'max-parts', 'max-uploads', 'upload-id-marker', 'tagging'],
      ...['response-content-type', 'location', 'versioning', 'policy', 'max-buckets', 'X-Amz-Credential'],
    ),
    value,
  ),
  { maxLength: 4 },
);
/** Header values have no control characters, which no client could send. */
const headers = fc.dictionary(
  fc.constantFrom(
    ...[
      'range',
      'if-match',
      'if-none-match',
      'if-modified-since',
      'content-md5',
      'content-encoding',
      'x-amz-acl',
    ],
    ...[
      'x-amz-copy-source',
      'x-amz-copy-source-range',
      'x-amz-copy-source-if-match',
      'x-amz-metadata-directive',
    ],
    ...[
      'x-amz-checksum-crc32',
      'x-amz-checksum-algorithm',
      'x-amz-checksum-type',
      'x-amz-sdk-checksum-algorithm',
    ],
    ...[
      'x-amz-trailer',
      'x-amz-content-sha256',
      'x-amz-meta-a',
      'x-amz-storage-class',
      'x-amz-mp-object-size',
    ],
    ...['authorization', 'x-amz-tagging', 'x-amz-tagging-directive', 'x-amz-object-attributes', 'host'],
    ...[
      'x-amz-expected-bucket-owner',
      'x-amz-server-side-encryption',
      'x-amz-bucket-object-lock-enabled',
      'expires',
    ],
  ),
  value.map((text) => text.replace(/[^\t -~\u{a0}-\u{ff}]/gu, '')),
  { maxKeys: 4, noNullPrototype: true },
);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '<',
    '<Delete/>',
    '<CompleteMultipartUpload/>',
    '0\r\n\r\n',
    'zz\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
  ),
  fc.constantFrom(
    '<Delete><Object><Key>..</Key></Object></Delete>',
    '<Delete><Object><Key>&#0;</Key><VersionId>x</VersionId></Object></Delete>',
    '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>y</ETag></Part></CompleteMultipartUpload>',
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&b;</Key></Object></Delete>',
    `<Delete>${'<a>'.repeat(2000)}`,
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

/**
 * Asks S3 for anything, and expects that it answers as of the caller, and that nothing leaves the data folder at any
 * time.
 */
export async function askHostile(numRuns: number): Promise<void> {
  // A folder around the data folder shows what leaves it.
  const outside = await temporaryFolder();
  const aws = await runLocalAws({ dataDir: path.join(outside.folder, 'a', 'data') });
  const { s3 } = aws.clients;
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  const begun = await s3.send(new CreateMultipartUploadCommand({ Bucket: 'bucket', Key: 'key' }));
  await fc.assert(
    fc.asyncProperty(
      method,
      target,
      question,
      headers,
      body,
      async (method, target, asked, headers, body) => {
        const named = asked.map(([name, text]): [string, string] => [
          name,
          text === 'the upload' ? (begun.UploadId ?? '') : text,
        ]);
        const search = new URLSearchParams(named).toString();
        const path = search ? `${target}?${search}` : target;
        const sent = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
        const { status, text } = await rawRequest(aws.local.endpoint, {
          method,
          path,
          headers: sent,
          body,
        }).catch((error: NodeJS.ErrnoException) => {
          // Node refuses so long a head and closes; the answer may be lost with what it has not read.
          const isTooLong = path.length + JSON.stringify(sent).length > maxHeaderSize - 1_000;
          if (!isTooLong || error.code !== 'ECONNRESET') throw error;
          return { status: 431, text: '' };
        });
        expect({ status, isDefect: text.includes('InternalFailure') || status === 500 }).toEqual({
          status: expect.any(Number),
          isDefect: false,
        });
        expect(text).not.toContain('root:');
        expect(aws.troubles).toEqual([]);
      },
    ),
    { numRuns },
  );
  expect(await readdir(outside.folder)).toEqual(['a']);
  expect(await readdir(path.join(outside.folder, 'a'))).toEqual(['data']);
  const folders = await readdir(aws.dataDir);
  const files = ['owner.lmdb', 'owner.lmdb-lock', 'store.lmdb', 'store.lmdb-lock'];
  expect(folders.sort()).toEqual(['objects', ...files, 'staging'].sort());
  await aws.end();
  await outside.remove();
}

const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD');
