import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partBounds, partCount, partRuns } from '../../../local/s3/object-parts.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from '../wire/raw-request.js';

const Bucket = 'bucket';
const PART = 5 * 1024 * 1024;
let running: RunningLocalAws;
const { send } = { send: (command: never) => running.clients.s3.send(command) } as {
  send: RunningLocalAws['clients']['s3']['send'];
};
beforeAll(async () => {
  running = await runLocalAws();
  await send(new CreateBucketCommand({ Bucket }));
  await send(new PutObjectCommand({ Bucket, Key: 'single', Body: 'content' }));
  await send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '' }));
  const to = { Bucket, Key: 'parts' };
  const { UploadId } = await send(new CreateMultipartUploadCommand(to));
  const bodies = [Buffer.alloc(PART, 'a'), Buffer.alloc(PART + 1, 'b'), Buffer.from('end')];
  const Parts = await Promise.all(
    bodies.map(async (Body, index) => {
      const { ETag } = await send(new UploadPartCommand({ ...to, UploadId, PartNumber: index + 3, Body }));
      return { PartNumber: index + 3, ETag };
    }),
  );
  await send(new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts } }));
});
afterAll(() => running.end());

describe('a part of an object', () => {
  it('is read by its number, from 1 on, whatever it had when it was uploaded', async () => {
    const read = async (PartNumber: number) => {
      const answer = await send(new GetObjectCommand({ Bucket, Key: 'parts', PartNumber }));
      expect(answer).toMatchObject({ PartsCount: 3, $metadata: { httpStatusCode: 206 } });
      const body = await answer.Body?.transformToString();
      return { letter: body?.[0], length: body?.length, range: answer.ContentRange };
    };
    const size = 2 * PART + 4;
    expect(await read(1)).toEqual({ letter: 'a', length: PART, range: `bytes 0-${PART - 1}/${size}` });
    expect(await read(2)).toMatchObject({ letter: 'b', length: PART + 1 });
    expect(await read(3)).toEqual({ letter: 'e', length: 3, range: `bytes ${size - 3}-${size - 1}/${size}` });
    const head = await send(new HeadObjectCommand({ Bucket, Key: 'parts', PartNumber: 3 }));
    expect(head).toMatchObject({ ContentLength: 3, PartsCount: 3 });
  });

  it('is the whole object where that came as one', async () => {
    const answer = await send(new GetObjectCommand({ Bucket, Key: 'single', PartNumber: 1 }));
    expect(await answer.Body?.transformToString()).toBe('content');
    expect(answer.PartsCount).toBeUndefined();
    const empty = await send(new GetObjectCommand({ Bucket, Key: 'empty', PartNumber: 1 }));
    expect(await empty.Body?.transformToString()).toBe('');
  });

  it('that is not there cannot be read', async () => {
    for (const [Key, PartNumber] of [
      ['parts', 4],
      ['single', 2],
    ] as const) {
      await expect(send(new GetObjectCommand({ Bucket, Key, PartNumber }))).rejects.toMatchObject({
        name: 'InvalidPartNumber',
        $metadata: { httpStatusCode: 416 },
      });
    }
    for (const PartNumber of [0, 10_001]) {
      await expect(send(new GetObjectCommand({ Bucket, Key: 'parts', PartNumber }))).rejects.toMatchObject({
        name: 'InvalidArgument',
      });
    }
    const both = send(new GetObjectCommand({ Bucket, Key: 'parts', PartNumber: 1, Range: 'bytes=0-1' }));
    await expect(both).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('lies where the sizes of all before it say', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 20 }), (sizes) => {
        const runs = partRuns(sizes);
        expect(partCount(runs)).toBe(sizes.length);
        let start = 0;
        for (const [index, size] of sizes.entries()) {
          expect(partBounds(runs, index + 1)).toEqual({ start, end: start + size });
          start += size;
        }
        expect(partBounds(runs, 0)).toBeUndefined();
        expect(partBounds(runs, sizes.length + 1)).toBeUndefined();
      }),
    );
  });
});

describe('GetObjectAttributes', () => {
  it('tells what it is asked for, the ETag without its quotes', async () => {
    const ObjectAttributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
    const answer = await send(
      new GetObjectAttributesCommand({ Bucket, Key: 'single', ObjectAttributes: [...ObjectAttributes] }),
    );
    expect(answer).toMatchObject({
      ETag: createHash('md5').update('content').digest('hex'),
      Checksum: { ChecksumCRC32: expect.any(String), ChecksumType: 'FULL_OBJECT' },
      StorageClass: 'STANDARD',
      ObjectSize: 7,
      LastModified: expect.any(Date),
    });
    expect(answer.ObjectParts).toBeUndefined();
    const some = await send(
      new GetObjectAttributesCommand({ Bucket, Key: 'parts', ObjectAttributes: ['ObjectParts'] }),
    );
    expect(some).toMatchObject({ ObjectParts: { TotalPartsCount: 3 } });
    expect(some.ETag).toBeUndefined();
  });

  it('knows no other attribute, and no object that is not there', async () => {
    const path = `/${Bucket}/single?attributes`;
    const headers = { 'x-amz-object-attributes': 'ETag,Colour' };
    expect(await rawRequest(running.local.endpoint, { path, headers })).toMatchObject({ status: 400 });
    const none = send(new GetObjectAttributesCommand({ Bucket, Key: 'none', ObjectAttributes: ['ETag'] }));
    await expect(none).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
