import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CreateBucketCommand, CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

let aws: RunningLocalAws;
let outside: Awaited<ReturnType<typeof temporaryFolder>>;
let uploadId = '';
beforeAll(async () => {
  // A folder around the data folder shows what leaves it.
  outside = await temporaryFolder();
  aws = await runLocalAws({ dataDir: path.join(outside.folder, 'a', 'data') });
  const { s3 } = aws.clients;
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  ({ UploadId: uploadId = '' } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket: 'bucket', Key: 'key' }),
  ));
});
afterAll(async () => {
  await aws.end();
  await outside.remove();
});

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

describe('whatever is asked of S3', () => {
  it('it answers, as of the caller, and leaves its folder at no time', async () => {
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD');
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
            text === 'the upload' ? uploadId : text,
          ]);
          const search = new URLSearchParams(named).toString();
          const url = search ? `${target}?${search}` : target;
          const length = String(Buffer.byteLength(body));
          const { status, text } = await rawRequest(aws.local.endpoint, {
            method,
            path: url,
            headers: { ...headers, 'content-length': length },
            body,
          });
          expect({ status, isDefect: text.includes('InternalFailure') || status === 500 }).toEqual({
            status: expect.any(Number),
            isDefect: false,
          });
          expect(text).not.toContain('root:');
          expect(aws.troubles).toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
    expect(await readdir(outside.folder)).toEqual(['a']);
    expect(await readdir(path.join(outside.folder, 'a'))).toEqual(['data']);
    const folders = await readdir(aws.dataDir);
    const files = ['owner.lmdb', 'owner.lmdb-lock', 'store.lmdb', 'store.lmdb-lock'];
    expect(folders.sort()).toEqual(['objects', ...files, 'staging'].sort());
  });
});
