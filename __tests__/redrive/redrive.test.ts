import type { PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LineCheck } from '../../producer/input/line-check.js';
import { Delivery } from '../../redrive/delivery.js';
import { type FoundObject, findObjects } from '../../redrive/find-objects.js';
import type { LakeBucket } from '../../redrive/lake-bucket.js';
import { parseMark } from '../../redrive/mark.js';
import { EVENTS_A_MARK, type UnsendableEvent } from '../../redrive/object-sending.js';
import { planRedrive } from '../../redrive/plan.js';
import { type RedriveOptions, redrive } from '../../redrive/redrive.js';
import { timeRange } from '../../redrive/time-range.js';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';
import { all, bucketForTest } from './bucket-on-local-aws.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

const dataset = {
  name: 'things',
  comment: 'Things.',
  columns: { id: { type: 'int', comment: 'Identity.' } },
  identity: 'id',
  time: 'id',
  partitionKey: 'id',
} as const;
const check = new LineCheck(dataset);
const KEY =
  'errors/customers/format-conversion-failed/year=2026/month=11/day=22/hour=10/lake-1-2026-11-22-10-00-00-uuid';
const [PARSE, DATA] = ['DataFormatConversion.ParseError', 'DataFormatConversion.MalformedData'];

function errorLines(records: readonly (readonly [text: string, code: string | undefined])[]): string {
  const lines = records.map(([text, code]) => ({
    lastErrorCode: code,
    lastErrorMessage: `${code}.`,
    rawData: Buffer.from(text).toString('base64'),
  }));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A stream that takes everything, or what `answer` says. */
function fakeStream(answer?: (input: PutRecordsCommandInput) => Promise<void>) {
  const ids: string[] = [];
  const records: string[] = [];
  const send = async (input: PutRecordsCommandInput): Promise<PutRecordsCommandOutput> => {
    await answer?.(input);
    const Records = input.Records ?? [];
    for (const { Data } of Records) {
      const text = Buffer.from(Data ?? []).toString();
      records.push(text);
      for (const line of text.trim().split('\n')) ids.push(String(JSON.parse(line).id));
    }
    return {
      $metadata: {},
      FailedRecordCount: 0,
      Records: Records.map((_, index) => ({ SequenceNumber: String(index), ShardId: 'shardId-0' })),
    };
  };
  return { ids, records, send };
}

function sending(
  bucket: LakeBucket,
  send: ReturnType<typeof fakeStream>['send'],
  more: Partial<RedriveOptions> = {},
) {
  const delivery = new Delivery({ dataset, streamName: 'customers', send, linger: 0, pack: 'none' });
  const claim = { run: 'a', by: 'ann@desk', pid: 1 };
  const options = { bucket, check, delivery, claim, ...more };
  return {
    delivery,
    run: async (...keys: string[]) => {
      const report = await redrive(
        (keys.length > 0 ? keys : [KEY]).map(
          (key): FoundObject => ({ key, size: 0, kind: 'errors', time: 0 }),
        ),
        options,
      );
      await delivery.close();
      return report;
    },
  };
}

async function markOf(bucket: LakeBucket, key = KEY) {
  const mark = parseMark((await bucket.readSmall(`redriven/${key}`))?.text ?? '');
  return (
    mark && {
      ...mark,
      claim: mark.claim,
      done: String(mark.done),
      partly: [...mark.partly].map(([record, events]) => [record, String(events)]),
    }
  );
}

const plan = (bucket: LakeBucket, options: Parameters<typeof planRedrive>[2] = {}) =>
  planRedrive(bucket, findObjects(bucket, 'errors', 'customers', timeRange()), options);

describe('sending records again', () => {
  it('sends each event of each record once, in a record of its own, and marks the object as done', async () => {
    const { bucket, put } = await bucketForTest(aws, 'once');
    await put(
      KEY,
      errorLines([
        ['{"id":1}\n{"id":2}', DATA],
        ['{"id":3}', DATA],
        ['  ', DATA],
      ]),
    );
    const { ids, records, send } = fakeStream();
    expect(await plan(bucket)).toMatchObject({
      objects: [{ key: KEY }],
      records: 3,
      bytes: 27,
      doneObjects: 0,
    });
    expect(await sending(bucket, send).run()).toMatchObject({
      objects: 1,
      sent: 3,
      unsendable: 0,
      isStopped: false,
    });
    expect(ids.sort()).toEqual(['1', '2', '3']);
    expect(records).toHaveLength(3);
    expect(await markOf(bucket)).toMatchObject({
      complete: true,
      sent: 3,
      leftOut: 0,
      done: '1-3',
      claim: undefined,
    });

    expect(await plan(bucket)).toMatchObject({ objects: [], records: 0, doneObjects: 1 });
    expect(await sending(bucket, send).run()).toMatchObject({ objects: 0, sent: 0 });
    expect(ids).toHaveLength(3);
  });

  it('sends what is done once more where it is told to', async () => {
    const { bucket, put } = await bucketForTest(aws, 'again');
    await put(KEY, errorLines([['{"id":1}', DATA]]));
    const { ids, send } = fakeStream();
    await sending(bucket, send).run();
    expect(await plan(bucket, { again: true })).toMatchObject({ records: 1, doneObjects: 0 });
    await sending(bucket, send, { again: true }).run();
    expect(ids).toEqual(['1', '1']);
    expect(await markOf(bucket)).toMatchObject({ complete: true, sent: 1 });
  });

  it('leaves what cannot be sent for the next time, which sends that and nothing else', async () => {
    const { bucket, put } = await bucketForTest(aws, 'repaired');
    await put(
      KEY,
      errorLines([
        ['{"id":1}\n{"id":2\n{"id":3}', PARSE],
        ['{"id":4}', DATA],
        ['{"id":5', PARSE],
      ]),
    );
    const { ids, send } = fakeStream();
    const unsendable: UnsendableEvent[] = [];
    const first = sending(bucket, send, { onUnsendable: (event) => unsendable.push(event) });
    expect(await first.run()).toMatchObject({ sent: 3, unsendable: 2 });
    expect(
      unsendable.map(({ code, record, event, bytes }) => [
        code,
        record,
        event,
        Buffer.from(bytes).toString(),
      ]),
    ).toEqual([
      ['NotJson', 1, 1, '{"id":2'],
      ['NotJson', 3, 0, '{"id":5'],
    ]);
    expect(await markOf(bucket)).toMatchObject({ complete: false, sent: 3, done: '2', partly: [[1, '0,2']] });
    expect(await plan(bucket)).toMatchObject({ objects: [{ key: KEY }], records: 2 });

    const mapping: RedriveOptions['mapping'] = (event, { record }) => (record === 3 ? null : `${event}}`);
    expect(await sending(bucket, send, { mapping }).run()).toMatchObject({
      sent: 1,
      leftOut: 1,
      unsendable: 0,
    });
    expect(ids.sort()).toEqual(['1', '2', '3', '4']);
    expect(await markOf(bucket)).toMatchObject({ complete: true, sent: 4, leftOut: 1, done: '1-3' });
  });

  it('sends the records of one code, and later those of the others', async () => {
    const { bucket, put } = await bucketForTest(aws, 'by-code');
    await put(
      KEY,
      errorLines([
        ['{"id":1}', PARSE],
        ['{"id":2}', DATA],
        ['{"id":3}', PARSE],
      ]),
    );
    const { ids, send } = fakeStream();
    expect(await plan(bucket, { code: 'parseerror' })).toMatchObject({ records: 2 });
    await sending(bucket, send, { code: 'parseerror' }).run();
    expect(ids).toEqual(['1', '3']);
    expect(await markOf(bucket)).toMatchObject({ complete: false, done: '1,3' });
    expect(await plan(bucket, { code: PARSE ?? '' })).toMatchObject({ records: 0, doneObjects: 1 });
    expect(await plan(bucket)).toMatchObject({ records: 1 });
    await sending(bucket, send).run();
    expect(ids).toEqual(['1', '3', '2']);
    expect(await markOf(bucket)).toMatchObject({ complete: true });
  });

  it('goes on with the rest when a mapping throws', async () => {
    const { bucket, put } = await bucketForTest(aws, 'throws');
    await put(
      KEY,
      errorLines([
        ['{"id":1}', DATA],
        ['{"id":2}', DATA],
      ]),
    );
    const { ids, send } = fakeStream();
    const unsendable: UnsendableEvent[] = [];
    const mapping: RedriveOptions['mapping'] = (event) => {
      if (typeof event === 'object' && event.id === 1) throw new Error('Not this one.');
      return event;
    };
    await sending(bucket, send, { mapping, onUnsendable: (event) => unsendable.push(event) }).run();
    expect(ids).toEqual(['2']);
    expect(unsendable).toMatchObject([
      { code: 'MappingFailed', message: 'Error: Not this one.', object: KEY, record: 1 },
    ]);
  });
});

describe('an interruption', () => {
  const many = Array.from({ length: 2 * EVENTS_A_MARK + 10 }, (_, id) => [`{"id":${id}}`, DATA] as const);

  it('by a signal loses nothing and doubles nothing', async () => {
    const { bucket, put } = await bucketForTest(aws, 'signal');
    await put(KEY, errorLines(many));
    const stop = new AbortController();
    const { ids, send } = fakeStream(async () => stop.abort());
    const report = await sending(bucket, send, { stop: stop.signal }).run();
    expect(report).toMatchObject({ objects: 0, sent: EVENTS_A_MARK, isStopped: true });
    expect(await markOf(bucket)).toMatchObject({
      complete: false,
      claim: undefined,
      done: `1-${EVENTS_A_MARK}`,
    });
    expect(await sending(bucket, send).run()).toMatchObject({ objects: 1, sent: EVENTS_A_MARK + 10 });
    expect(ids).toHaveLength(many.length);
    expect(new Set(ids).size).toBe(many.length);
  });

  it('in which no mark can be written doubles no more than the events between two marks', async () => {
    const { bucket, put } = await bucketForTest(aws, 'killed');
    await put(KEY, errorLines(many));
    const { ids, send } = fakeStream();
    const write = bucket.writeSmall.bind(bucket);
    // The claim and the first mark are written; what comes then is as if the process were gone.
    const gone = vi.spyOn(bucket, 'writeSmall').mockRejectedValue(new Error('gone'));
    gone.mockImplementationOnce(write).mockImplementationOnce(write);
    await expect(sending(bucket, send).run()).rejects.toThrow('gone');
    gone.mockRestore();
    expect(ids).toHaveLength(2 * EVENTS_A_MARK);
    expect(await markOf(bucket)).toMatchObject({ done: `1-${EVENTS_A_MARK}`, claim: { by: 'ann@desk' } });

    // Nobody can tell yet that the other one is gone.
    expect(await sending(bucket, send).run()).toMatchObject({ held: [KEY], sent: 0 });
    expect(await plan(bucket)).toMatchObject({ objects: [], heldObjects: [KEY] });
    const later = Date.now() + 3_600_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    await sending(bucket, send).run();
    vi.restoreAllMocks();
    expect(new Set(ids).size).toBe(many.length);
    expect(ids.length - many.length).toBe(EVENTS_A_MARK);
    expect(await markOf(bucket)).toMatchObject({ complete: true });
  });

  it('by a stream that is not there leaves everything to be sent, and says why', async () => {
    const { bucket, put } = await bucketForTest(aws, 'no-stream');
    await put(
      KEY,
      errorLines([
        ['{"id":1}', DATA],
        ['{"id":2}', DATA],
      ]),
    );
    const missing = Object.assign(new Error('No such stream.'), {
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400 },
    });
    const { delivery, run } = sending(bucket, () => Promise.reject(missing));
    expect(await run(KEY, `${KEY}-2`)).toMatchObject({ sent: 0, undelivered: 2, isStopped: true });
    expect(await markOf(bucket, `${KEY}-2`)).toBeUndefined();
    expect(delivery.report().fatal).toBe(missing);
    expect(await markOf(bucket)).toMatchObject({ complete: false, claim: undefined, done: '' });
    expect(await sending(bucket, fakeStream().send).run()).toMatchObject({ sent: 2 });
  });
});

describe('two at once', () => {
  it('never send the same object, and the second says which it left alone', async () => {
    const { bucket, put } = await bucketForTest(aws, 'two');
    await put(KEY, errorLines([['{"id":1}', DATA]]));
    let second: Awaited<ReturnType<ReturnType<typeof sending>['run']>> | undefined;
    const { ids, send } = fakeStream(async () => {
      second = await sending(bucket, fakeStream().send).run();
    });
    expect(await sending(bucket, send).run()).toMatchObject({ sent: 1, held: [] });
    expect(second).toMatchObject({ sent: 0, held: [KEY] });
    expect(ids).toEqual(['1']);
  });

  it('share the objects of a range', async () => {
    const { bucket, put } = await bucketForTest(aws, 'share');
    const keys = Array.from({ length: 12 }, (_, index) => `${KEY}-${index}`);
    for (const [index, key] of keys.entries()) await put(key, errorLines([[`{"id":${index}}`, DATA]]));
    const objects = await all(findObjects(bucket, 'errors', 'customers', timeRange()));
    const { ids, send } = fakeStream();
    const reports = await Promise.all(
      ['a', 'b'].map((run) => {
        const delivery = new Delivery({ dataset, streamName: 'customers', send, linger: 0, pack: 'none' });
        return redrive(objects, { bucket, check, delivery, claim: { run, by: `${run}@desk`, pid: 1 } });
      }),
    );
    expect(ids.map(Number).sort((a, b) => a - b)).toEqual(keys.map((_, index) => index));
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(12);
  });
});

describe('a mark that cannot be read', () => {
  it('keeps its object from being sent, unless it is told to', async () => {
    const { bucket, put } = await bucketForTest(aws, 'unreadable');
    await put(KEY, errorLines([['{"id":1}', DATA]]));
    await put(`redriven/${KEY}`, 'hello');
    const { ids, send } = fakeStream();
    expect(await plan(bucket)).toMatchObject({ objects: [], heldObjects: [KEY] });
    expect(await sending(bucket, send).run()).toMatchObject({ held: [KEY] });
    await sending(bucket, send, { again: true }).run();
    expect(ids).toEqual(['1']);
  });
});
