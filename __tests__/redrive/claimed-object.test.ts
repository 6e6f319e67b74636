import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ClaimedObject, ClaimLostError } from '../../redrive/claimed-object.js';
import type { LakeBucket } from '../../redrive/lake-bucket.js';
import { type Claim, parseMark } from '../../redrive/mark.js';
import { findMark, HEARTBEAT, thisUser } from '../../redrive/marked-object.js';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';
import { bucketForTest } from './bucket-on-local-aws.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

const OBJECT = 'errors/customers/x';
const ANN: Claim = { run: 'a', by: 'ann@desk', pid: 1 };
const BOB: Claim = { run: 'b', by: 'bob@desk', pid: 2 };
const ABSENT = { condition: { kind: 'absent' } } as const;

/** What is found of the mark, as the next one to claim the object finds it. */
async function fromFound(bucket: LakeBucket) {
  const found = await findMark(bucket, OBJECT, Date.now());
  if (!found) throw new Error('There is no mark.');
  return { condition: { kind: 'unchanged', etag: found.etag }, mark: found.mark } as const;
}

/** A claim whose heart stops with the test. */
async function claim(bucket: LakeBucket, by: Claim, from: Parameters<typeof ClaimedObject.claim>[3]) {
  const claimed = await ClaimedObject.claim(bucket, OBJECT, by, from);
  onTestFinished(() => claimed?.release(false).catch(() => {}));
  return claimed;
}

describe('an object that is claimed', () => {
  it('is claimed by one only, of any number at once', async () => {
    const { bucket } = await bucketForTest(aws, 'at-once');
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => claim(bucket, { ...ANN, run: String(index) }, ABSENT)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect((await findMark(bucket, OBJECT, Date.now()))?.busy).toMatchObject({ by: 'ann@desk' });
  });

  it('says to the next one what is done', async () => {
    const { bucket } = await bucketForTest(aws, 'next');
    const ann = await claim(bucket, ANN, ABSENT);
    ann?.note(1, 1, { done: [0], sent: 1, leftOut: 0 });
    ann?.note(2, 3, { done: [0, 2], sent: 1, leftOut: 1 });
    ann?.note(4, 0, { done: [], sent: 0, leftOut: 0 });
    await ann?.release(false);
    const from = await fromFound(bucket);
    expect(from.mark).toMatchObject({ complete: false, sent: 2, leftOut: 1 });
    expect(from.mark?.claim).toBeUndefined();
    const bob = await claim(bucket, BOB, from);
    const done = [1, 2, 3, 4].map((record) => [0, 1, 2].map((event) => bob?.isDone(record, event)));
    expect(done).toEqual([
      [true, true, true],
      [true, false, true],
      [false, false, false],
      [true, true, true],
    ]);
    bob?.note(2, 3, { done: [1], sent: 1, leftOut: 0 });
    bob?.note(3, 1, { done: [0], sent: 1, leftOut: 0 });
    expect(bob?.recordsDone).toBe(4);
    await bob?.release(true);
    expect((await fromFound(bucket)).mark).toMatchObject({ complete: true, sent: 4, leftOut: 1 });
    expect(JSON.parse((await bucket.readSmall(`redriven/${OBJECT}`))?.text ?? '')).toMatchObject({
      object: OBJECT,
      done: '1-4',
      partly: {},
    });
  });

  it('is lost where another has taken it over, who goes on undisturbed', async () => {
    const { bucket } = await bucketForTest(aws, 'lost');
    const ann = await claim(bucket, ANN, ABSENT);
    const bob = await claim(bucket, BOB, await fromFound(bucket));
    await expect(ann?.save()).rejects.toThrow(ClaimLostError);
    await expect(bob?.save()).resolves.toBeUndefined();
    expect((await findMark(bucket, OBJECT, Date.now()))?.busy?.by).toBe('bob@desk');
  });

  it('stays claimed where a mark was written and the answer lost', async () => {
    const { bucket } = await bucketForTest(aws, 'answer-lost');
    const ann = await claim(bucket, ANN, ABSENT);
    const write = bucket.writeSmall.bind(bucket);
    // The SDK tries again by itself, and S3 then refuses what it has taken.
    vi.spyOn(bucket, 'writeSmall').mockImplementationOnce(async (...what) => {
      await write(...what);
      return write(...what);
    });
    await ann?.save();
    await expect(ann?.save()).resolves.toBeUndefined();
  });

  it('is marked from time to time, whatever else happens', async () => {
    const { bucket } = await bucketForTest(aws, 'heartbeat');
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const written = vi.spyOn(bucket, 'writeSmall');
    await claim(bucket, ANN, ABSENT);
    vi.advanceTimersByTime(HEARTBEAT);
    await vi.waitFor(() => expect(written).toHaveBeenCalledTimes(2));
  });
});

describe('a claim', () => {
  it('counts no more when it has not been renewed for two minutes', async () => {
    const { bucket } = await bucketForTest(aws, 'stale');
    await claim(bucket, ANN, ABSENT);
    expect((await findMark(bucket, OBJECT, Date.now() + 5 * HEARTBEAT))?.busy).toBeDefined();
    expect((await findMark(bucket, OBJECT, Date.now() + 7 * HEARTBEAT))?.busy).toBeUndefined();
  });

  it('of a process on this machine ends with the process', async () => {
    const { bucket } = await bucketForTest(aws, 'ended');
    const ended = await claim(bucket, { run: 'a', by: thisUser(), pid: 2 ** 22 + 1 }, ABSENT);
    expect((await findMark(bucket, OBJECT, Date.now()))?.busy).toBeUndefined();
    await ended?.release(false);
    await claim(bucket, { run: 'b', by: thisUser(), pid: process.pid }, await fromFound(bucket));
    expect((await findMark(bucket, OBJECT, Date.now()))?.busy).toBeDefined();
  });
});

describe('a mark', () => {
  it.each([
    '',
    '{}',
    '[]',
    'x',
    '{"object":"x","updated":"","revision":1,"complete":false,"sent":0,"leftOut":0,"done":"x","partly":{}}',
  ])('that nobody here has written is none: %s', (text) => {
    expect(parseMark(text)).toBeUndefined();
  });
});
