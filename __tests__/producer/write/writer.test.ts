import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KinesisRecord,
  RecordWriter,
  type Settled,
  type WriterOptions,
  WriterStoppedError,
} from '../../../producer/index.js';
import { type Fault, ScriptedStream, sdkError } from '../scripted-stream.js';
import { VirtualTimers } from '../virtual-timers.js';

const THROTTLED = 'ProvisionedThroughputExceededException';

describe('the writer', () => {
  it('sends every record, in requests of 500, several at a time', async () => {
    const { stream, report } = await write(2_100, []);
    expect(report).toMatchObject({ taken: 2_100, acknowledged: 2_100, failed: 0, retried: 0 });
    expect(stream.requests.map(({ Records }) => Records?.length)).toEqual([500, 500, 500, 500, 100]);
    expect(stream.mostInFlight).toBeGreaterThan(1);
    expect(stream.taken).toEqual(ids(2_100));
  });

  it('never has more requests under way than it may', async () => {
    const { stream } = await write(5_000, [], { maxInFlight: 2 });
    expect(stream.mostInFlight).toBe(2);
  });

  it('resends the failed entries and only those', async () => {
    const { stream, report } = await write(9, [{ kind: 'entries', every: 3, code: THROTTLED }]);
    const [, ...again] = stream.requests.map(({ Records = [] }) =>
      Records.map(({ PartitionKey }) => PartitionKey),
    );
    expect(again.flat().sort()).toEqual(['0', '3', '6']);
    expect(report).toMatchObject({
      acknowledged: 9,
      retried: 3,
      throttled: 3,
      possiblyDuplicated: 0,
      failures: [],
    });
    expect(stream.taken).toHaveLength(9);
  });

  it('waits longer and longer, up to the cap, while it is throttled', async () => {
    const timers = new VirtualTimers();
    const error = sdkError(THROTTLED, { status: 400 });
    const script = Array<Fault>(10).fill({ kind: 'error', error, committed: false });
    const { report } = await write(1, script, { timers, random: () => 1, backoff: { base: 50, cap: 1_000 } });
    expect(report).toMatchObject({ acknowledged: 1, retried: 10 });
    // 50, 100, 200, 400, 800, then 1,000 five times.
    expect(timers.now()).toBeGreaterThanOrEqual(1_550 + 5 * 1_000);
    expect(timers.now()).toBeLessThan(1_550 + 5 * 1_000 + 200);
  });

  it.each<[string, Fault]>([
    ['an empty answer', { kind: 'garbage', answer: {} }],
    ['no answer at all', { kind: 'garbage', answer: undefined }],
    ['an answer that is garbage', { kind: 'garbage', answer: { Records: [null, 7, 'x'] } }],
    ['a short answer', { kind: 'short', entries: 0 }],
    [
      'a reset after the server committed',
      { kind: 'error', error: sdkError('Error', { code: 'ECONNRESET' }), committed: true },
    ],
    ['a timeout', { kind: 'error', error: sdkError('TimeoutError'), committed: true }],
    [
      'a success that is no JSON',
      { kind: 'error', error: sdkError('SyntaxError', { status: 200 }), committed: true },
    ],
    ['HTTP 500', { kind: 'error', error: sdkError('InternalFailure', { status: 500 }), committed: true }],
    ['HTTP 520', { kind: 'error', error: sdkError('Unknown', { status: 520 }), committed: true }],
  ])('takes %s for unsent, sends again, and counts the possible duplicates', async (_, fault) => {
    const { stream, report } = await write(3, [fault]);
    expect(report).toMatchObject({ acknowledged: 3, retried: 3, possiblyDuplicated: 3, failed: 0 });
    expect(stream.taken).toHaveLength(6);
  });

  it.each([
    ['no such stream', sdkError('ResourceNotFoundException', { status: 400 })],
    ['no access', sdkError('AccessDeniedException', { status: 400 })],
    ['credentials that AWS does not take', sdkError('UnrecognizedClientException', { status: 400 })],
    ['no credentials', sdkError('CredentialsProviderError')],
    ['a request that is wrong in itself', sdkError('ValidationException', { status: 400 })],
    ['nobody at the endpoint', sdkError('Error', { code: 'ECONNREFUSED' })],
  ])('ends at once on %s', async (_, error) => {
    const script = Array<Fault>(20).fill({ kind: 'error', error, committed: false });
    const { stream, report, settled } = await write(20_000, script);
    expect(report.fatal).toBe(error);
    expect(report.acknowledged).toBe(0);
    expect(report.failed).toBe(report.taken);
    expect(report.failures).toEqual([{ code: error.name, message: error.message, events: report.taken }]);
    expect(settled.size).toBe(report.taken);
    expect(stream.requests.length).toBeLessThanOrEqual(8);
  });

  it('waits for a server that has been there and is gone', async () => {
    const gone = sdkError('Error', { code: 'ECONNREFUSED' });
    const script: Fault[] = [{ kind: 'none' }, { kind: 'error', error: gone, committed: false }];
    const { report } = await write(600, script, { maxInFlight: 1 });
    expect(report).toMatchObject({ acknowledged: 600, retried: 100, possiblyDuplicated: 0 });
  });

  it('gives a record up when its time is over, and says why', async () => {
    const script = Array<Fault>(1_000).fill({ kind: 'entries', every: 2, code: THROTTLED });
    const { report, settled } = await write(2, script, { maxRetryTime: 30_000 });
    expect(report).toMatchObject({ acknowledged: 1, failed: 1 });
    expect(report.failures).toEqual([{ code: THROTTLED, message: `${THROTTLED} by script`, events: 1 }]);
    expect(settled.get('0')).toMatchObject({ kind: 'failed', code: THROTTLED });
  });

  it('gives up those that wait behind it as long, though they were never tried', async () => {
    const timers = new VirtualTimers();
    const script = Array<Fault>(1_000).fill({ kind: 'entries', every: 1, code: THROTTLED });
    const stream = new ScriptedStream(script);
    const writer = writerOf(stream, new Map(), { timers, maxRetryTime: 10_000, linger: 0 });
    for (const [id, record] of records(50).entries()) await writer.put({ ...record, lane: id % 2 });
    const { failed } = await writer.close();
    expect(failed).toBe(50);
    // All of them at about the same time, and not one after the other.
    expect(timers.now()).toBeLessThan(20_000);
  });

  it('makes its caller wait where it holds as much as it may', async () => {
    const stream = new ScriptedStream();
    let held = 0;
    let mostHeld = 0;
    const writer = new RecordWriter({
      streamName: 's',
      send: stream.send,
      // A record counts as 256 bytes more than it has.
      maxBuffer: 20 * 264,
      maxInFlight: 2,
      timers: new VirtualTimers(),
      onSettled: () => held--,
    });
    for (const record of records(500)) {
      await writer.put(record);
      mostHeld = Math.max(mostHeld, ++held);
    }
    expect((await writer.close()).acknowledged).toBe(500);
    expect(mostHeld).toBeLessThanOrEqual(20);
  });

  it('bounds what it holds by bytes too, and takes a record that is larger than that alone', async () => {
    const { report } = await write(50, [], { maxBuffer: 1 });
    expect(report.acknowledged).toBe(50);
  });

  it('sends a few records after the linger, without being closed', async () => {
    const stream = new ScriptedStream();
    const timers = new VirtualTimers();
    const acknowledged = new Promise((resolve) => {
      const writer = new RecordWriter({
        streamName: 's',
        send: stream.send,
        linger: 100,
        timers,
        onSettled: resolve,
      });
      for (const record of records(1)) void writer.put(record);
    });
    await acknowledged;
    expect(timers.now()).toBe(100);
  });

  it('abandons on request, with each record accounted for', async () => {
    const stream = new ScriptedStream();
    const settled = new Map<string, Settled>();
    const writer = writerOf(stream, settled, { maxInFlight: 1, linger: 1e9 });
    for (const record of records(700)) await writer.put(record);
    writer.abandon();
    expect(await writer.close()).toMatchObject({
      taken: 700,
      acknowledged: 0,
      failed: 700,
      // Those that were under way.
      possiblyDelivered: 500,
    });
    expect(settled.size).toBe(700);
    await expect(writer.put({ partitionKey: 'x', data: new Uint8Array(), lane: 0 })).rejects.toThrow(
      WriterStoppedError,
    );
  });

  it('accounts for every record, whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_200 }),
        fc.array(faults, { maxLength: 25 }),
        async (count, script) => {
          const { stream, report, settled } = await write(count, script, { maxRetryTime: 2_000 });
          const onStream = new Map<string, number>();
          for (const id of stream.taken) onStream.set(id, (onStream.get(id) ?? 0) + 1);

          expect(report.taken).toBe(count);
          expect(report.acknowledged + report.failed).toBe(count);
          expect([...settled.keys()].sort()).toEqual(ids(count).sort());
          const failedIds = [...settled].filter(([, { kind }]) => kind === 'failed').map(([id]) => id);
          expect(failedIds).toHaveLength(report.failed);
          expect(report.failures.reduce((sum, { events }) => sum + events, 0)).toBe(report.failed);

          // What is acknowledged is there.
          for (const [id, { kind }] of settled)
            if (kind === 'acknowledged') expect(onStream.get(id)).toBeGreaterThan(0);
          // What is there twice, or though it failed, was foretold.
          const twice = ids(count).filter(
            (id) => settled.get(id)?.kind === 'acknowledged' && (onStream.get(id) ?? 0) > 1,
          );
          expect(twice.length).toBeLessThanOrEqual(report.possiblyDuplicated);
          expect(failedIds.filter((id) => onStream.has(id)).length).toBeLessThanOrEqual(
            report.possiblyDelivered,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: 'none' }),
  fc.record({
    kind: fc.constant('entries' as const),
    every: fc.integer({ min: 1, max: 7 }),
    code: fc.constantFrom(THROTTLED, 'InternalFailure'),
  }),
  fc.record({ kind: fc.constant('short' as const), entries: fc.nat(500) }),
  fc.record({
    kind: fc.constant('garbage' as const),
    answer: fc.constantFrom<unknown>({}, undefined, null, { Records: 'x' }, { Records: [null, {}, 7] }),
  }),
  fc.record({
    kind: fc.constant('error' as const),
    error: fc.constantFrom(
      sdkError('ThrottlingException', { status: 400 }),
      sdkError('InternalFailure', { status: 500 }),
      sdkError('ServiceUnavailable', { status: 503 }),
    ),
    committed: fc.constant(false),
  }),
  fc.record({
    kind: fc.constant('error' as const),
    error: fc.constantFrom(sdkError('Error', { code: 'ECONNRESET' }), sdkError('TimeoutError')),
    committed: fc.boolean(),
  }),
);

async function write(
  count: number,
  script: readonly Fault[],
  options: Partial<WriterOptions<KinesisRecord>> = {},
) {
  const stream = new ScriptedStream(script);
  const settled = new Map<string, Settled>();
  const writer = writerOf(stream, settled, options);
  try {
    for (const record of records(count)) await writer.put(record);
  } catch (error) {
    if (!(error instanceof WriterStoppedError)) throw error;
  }
  return { stream, settled, report: await writer.close() };
}

function writerOf(
  stream: ScriptedStream,
  settled: Map<string, Settled>,
  options: Partial<WriterOptions<KinesisRecord>>,
) {
  return new RecordWriter({
    streamName: 's',
    send: stream.send,
    linger: 100,
    timers: new VirtualTimers(),
    onSettled: ({ partitionKey }, end) => {
      if (settled.has(partitionKey)) throw new Error(`${partitionKey} was settled twice`);
      settled.set(partitionKey, end);
    },
    ...options,
  });
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

function records(count: number): KinesisRecord[] {
  return ids(count).map((id, lane) => ({ partitionKey: id, data: Buffer.from(id), lane }));
}
