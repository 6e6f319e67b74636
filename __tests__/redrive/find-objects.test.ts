import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findObjects } from '../../redrive/find-objects.js';
import { hourFolders } from '../../redrive/object-time.js';
import { timeRange } from '../../redrive/time-range.js';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';
import { all, bucketForTest } from './bucket-on-local-aws.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

const keyAt = (folder: string, iso: string) =>
  `${folder}${hourFolders(Date.parse(iso))}lake-1-${iso.slice(0, 19).replaceAll(/[T:]/g, '-')}-uuid`;
const range = (from?: string, to?: string) =>
  timeRange(from ? Date.parse(from) : undefined, to ? Date.parse(to) : undefined);

describe('the objects of a range of time', () => {
  const TIMES = [
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2026-11-22T09:59:59Z',
    '2026-11-22T10:00:00Z',
    '2026-11-22T10:30:00Z',
    '2026-11-22T11:00:00Z',
  ];

  it('are those whose oldest record arrived from its beginning to before its end', async () => {
    const { bucket, put } = await bucketForTest(aws, 'ranges');
    const folder = 'source/customers/';
    for (const time of TIMES) await put(keyAt(folder, time), 'x');
    await put(`${folder}note.txt`, 'not of Firehose');
    await put(keyAt('source/customers_archive/', '2026-11-22T10:00:00Z'), 'of another table');
    const found = async (from?: string, to?: string) =>
      (await all(findObjects(bucket, 'source', 'customers', range(from, to)))).map(({ time }) =>
        new Date(time).toISOString().replace('.000', ''),
      );
    expect(await found()).toEqual(TIMES);
    for (const [index, from] of TIMES.entries()) {
      expect(await found(from)).toEqual(TIMES.slice(index));
      expect(await found(undefined, from)).toEqual(TIMES.slice(0, index));
      for (const [after, to] of TIMES.entries())
        if (after > index) expect(await found(from, to)).toEqual(TIMES.slice(index, after));
    }
    expect(await found('2026-11-22T10:00:01Z', '2026-11-22T10:30:00Z')).toEqual([]);
    expect(await found('2027-01-01')).toEqual([]);
  });

  it('are all found, though the delivery stream was changed meanwhile', async () => {
    const { bucket, put } = await bucketForTest(aws, 'versions');
    const [late, early] = ['1-2026-11-22-10-30-00', '2-2026-11-22-10-00-00'].map(
      (name) => `source/customers/${hourFolders(Date.parse('2026-11-22T10:00:00Z'))}lake-${name}-uuid`,
    );
    for (const key of [late, early]) await put(key ?? '', 'x');
    const found = await all(
      findObjects(bucket, 'source', 'customers', range(undefined, '2026-11-22T10:15:00Z')),
    );
    expect(found.map(({ key }) => key)).toEqual([early]);
  });

  it('are looked for in the folders of the range only', async () => {
    const { bucket, put } = await bucketForTest(aws, 'folders');
    for (let hour = 0; hour < 24; hour++) {
      const time = `2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`;
      await put(keyAt('source/customers/', time), 'x');
    }
    const list = bucket.list.bind(bucket);
    const listed: string[] = [];
    vi.spyOn(bucket, 'list').mockImplementation(async function* (...what) {
      for await (const object of list(...what)) {
        listed.push(object.key);
        yield object;
      }
    });
    const found = await all(
      findObjects(bucket, 'source', 'customers', range('2026-11-22T10:00:00Z', '2026-11-22T12:00:00Z')),
    );
    expect(found).toHaveLength(2);
    // The first of the hour in which the range ends is looked at, and the one after it ends the listing.
    expect(listed).toHaveLength(4);
  });

  it('are found in the folder of every kind of failure', async () => {
    const { bucket, put } = await bucketForTest(aws, 'kinds');
    const kinds = ['format-conversion-failed', 'processing-failed'].map(
      (kind) => `errors/customers/${kind}/`,
    );
    for (const folder of kinds) await put(keyAt(folder, '2026-11-22T10:00:00Z'), 'x');
    const found = await all(findObjects(bucket, 'errors', 'customers', range('2026-11-22', '2026-11-23')));
    expect(found.map(({ key }) => key)).toEqual(kinds.map((folder) => keyAt(folder, '2026-11-22T10:00:00Z')));
    expect(found[0]).toMatchObject({ kind: 'errors', size: 1 });
  });

  it('are many pages of them, if so many there are', async () => {
    const { bucket, put } = await bucketForTest(aws, 'pages');
    const key = keyAt('source/customers/', '2026-11-22T10:00:00Z');
    for (let first = 0; first < 1_001; first += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, 1_001 - first) }, (_, index) => put(`${key}${first + index}`, 'x')),
      );
    expect(await all(findObjects(bucket, 'source', 'customers', range('2026-11-22T10:00:00Z')))).toHaveLength(
      1_001,
    );
  });
});
