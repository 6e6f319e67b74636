import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findObjects } from '../../redrive/find-objects.js';
import type { LakeBucket } from '../../redrive/lake-bucket.js';
import { parseMark } from '../../redrive/mark.js';
import { EVENTS_A_MARK } from '../../redrive/object-sending.js';
import { openLake } from '../../redrive/open-lake.js';
import { planRedrive } from '../../redrive/plan.js';
import { timeRange } from '../../redrive/time-range.js';
import { loadSettings } from '../../settings/index.js';
import { expectRefusal, withoutNotice } from '../cli/expect-refusal.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../local/running-local-aws.js';
import { type Lakehouse, openLakehouse } from '../path/lakehouse-on-local-aws.js';

let lakehouse: Lakehouse;
let bucket: LakeBucket;
let files: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  [lakehouse, files] = await Promise.all([openLakehouse(), temporaryFolder()]);
  ({ bucket } = await openLake(loadSettings(variables())));
});
afterAll(async () => {
  bucket.close();
  await lakehouse.end();
  await files.remove();
});

const variables = () => ({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: lakehouse.local.endpoint });
const redrive = (...args: string[]) => runCli('redrive/main.ts', args, variables());

const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Puts records on the stream as some producer might. */
async function put(records: readonly string[]): Promise<void> {
  const StreamName = lakehouse.names.stream('customers');
  for (let first = 0; first < records.length; first += 500) {
    const Records = records
      .slice(first, first + 500)
      .map((text): PutRecordsRequestEntry => ({ PartitionKey: text.slice(0, 50), Data: Buffer.from(text) }));
    await lakehouse.clients.kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  }
}

async function keysUnder(Prefix: string): Promise<string[]> {
  const Bucket = lakehouse.names.bucket('data', '000000000000');
  const { Contents = [] } = await lakehouse.clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.flatMap(({ Key }) => Key ?? []);
}

/** How many failed records lie under the error prefix. */
async function failedRecords(): Promise<number> {
  const objects = findObjects(bucket, 'errors', 'customers', timeRange());
  return (await planRedrive(bucket, objects, { again: true })).records;
}

/** Sends so many records that fail, and waits until they lie under the error prefix. */
async function putFailing(name: string, total: number): Promise<void> {
  const before = await failedRecords();
  await put(Array.from({ length: total }, (_, id) => `{"uuid":"${name}-${id}","event_date":"never"}\n`));
  await until(async () => (await failedRecords()) === before + total);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** How many events the marks say have been sent. */
async function markedAsSent(): Promise<number> {
  const marks = await Promise.all((await keysUnder('redriven/')).map((key) => bucket.readSmall(key)));
  return marks.reduce((sum, mark) => sum + (parseMark(mark?.text ?? '')?.sent ?? 0), 0);
}

/** A file with a mapping in it. */
async function mappingFile(name: string, source: string): Promise<string> {
  const file = path.join(files.folder, name);
  await writeFile(file, source);
  return file;
}

const count = (where: string) => `SELECT count(*) FROM customers WHERE ${where}`;

describe('npm run redrive', () => {
  it('lists, shows, repairs and sends what could not be converted, once', { timeout: 120_000 }, async () => {
    const packed = [
      '{"uuid":"fix-1","name":"A"}',
      '{"uuid":"fix-2","name":"B"',
      '{"uuid":"fix-3","name":"C"}',
    ];
    await put([
      `${packed.join('\n')}\n`,
      '{"uuid":"fix-4","event_date":"yesterday"}\n',
      '{"uuid":"fix-5","event_date":"2026-01-01T00:00:00Z"}\n',
      'nonsense\n',
    ]);
    await until(async () => (await failedRecords()) === 3);
    const objects = jsonLines((await redrive('list', '--format', 'jsonl')).stdout);
    expect(objects.every(({ state }) => state === 'new')).toBe(true);

    const list = await redrive('list', '--from', '1h');
    expect(list.stdout).toMatch(/^DataFormatConversion\.ParseError: 2 records \(\d+ B\), 0 redriven$/m);
    expect(list.stdout).toMatch(/^DataFormatConversion\.MalformedData: 1 record \(42 B\), 0 redriven$/m);
    expect((await redrive('list', '--to', '1h')).stdout).toBe('');

    const show = await redrive('show', '--code', 'MalformedData');
    expect(jsonLines(show.stdout)).toEqual([
      {
        code: 'DataFormatConversion.MalformedData',
        message: expect.stringMatching(/^Data does not match the schema\./),
        arrived: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        sequenceNumber: expect.stringMatching(/^\d+$/),
        object: expect.stringMatching(/^errors\/customers\/format-conversion-failed\/year=/),
        line: expect.any(Number),
        redriven: false,
        text: '{"uuid":"fix-4","event_date":"yesterday"}\n',
      },
    ]);
    expect(jsonLines((await redrive('show', '--limit', '2')).stdout)).toHaveLength(2);

    const repair = await mappingFile(
      'repair.ts',
      `export default (event: unknown, { code, text }: { code: string; text: string }) => {
        if (text === 'nonsense') return null;
        if (typeof event === 'string') return event + '}';
        return code.endsWith('MalformedData') ? { ...(event as object), event_date: '2026-01-02T00:00:00Z' } : event;
      };`,
    );
    const dry = await redrive('send', '--map', repair, '--dry-run');
    expect(dry.stdout.trim().split('\n').sort()).toEqual([
      '{"uuid":"fix-1","name":"A"}',
      '{"uuid":"fix-2","name":"B"}',
      '{"uuid":"fix-3","name":"C"}',
      '{"uuid":"fix-4","event_date":"2026-01-02T00:00:00Z"}',
    ]);
    expect(dry.stderr).toContain(
      '4 events would be sent to lakehouse-local-customers, 1 left out, 0 not sent;',
    );
    expect(dry.code).toBe(0);
    expect(await keysUnder('redriven/')).toEqual([]);

    const unasked = withoutNotice(await redrive('send', '--map', repair));
    expect(unasked.stderr).toContain('--yes');
    expect(unasked.code).toBe(2);

    const sent = await redrive('send', '--map', repair, '--yes');
    expect(sent.stderr).toContain(
      `with 3 records (${82 + 1 + 42 + 9} B) to send through ${repair} to stream lakehouse-local-customers in local AWS at ${lakehouse.local.endpoint}`,
    );
    expect(sent.stderr).toMatch(/^4 events sent to lakehouse-local-customers, 1 left out, 0 not sent;/m);
    expect(sent).toMatchObject({ stdout: '', code: 0 });
    await lakehouse.waitForCount(count("uuid LIKE 'fix-%'"), 5);
    expect(await lakehouse.column(count("event_date = TIMESTAMP '2026-01-02 00:00:00'"))).toEqual([1n]);

    const again = await redrive('send', '--map', repair, '--yes');
    expect(again.stderr).toContain('There is nothing to send.');
    expect(again.code).toBe(0);
    expect((await redrive('list')).stdout).toContain(
      'DataFormatConversion.ParseError: 2 records (92 B), 2 redriven',
    );
    const after = jsonLines((await redrive('list', '--format', 'jsonl')).stdout);
    expect(after.every(({ state }) => state === 'redriven')).toBe(true);
    expect(jsonLines((await redrive('show')).stdout).every(({ redriven }) => redriven)).toBe(true);

    // Marks are no table's data, and lie beside what they are about.
    expect((await keysUnder('redriven/')).sort()).toEqual(
      (await keysUnder('errors/')).map((key) => `redriven/${key}`).sort(),
    );
    expect(await lakehouse.column(count("uuid LIKE 'fix-%'"))).toEqual([5n]);
  });

  it('ends quietly when the reader of a list leaves', async () => {
    const run = await runCli('redrive/main.ts', ['list'], variables(), (child) => child.stdout?.destroy());
    expect(run.stderr).not.toMatch(/EPIPE|Error/);
    expect(run.code).toBe(0);
  });

  it('reports what cannot be sent with its reason, sends the rest, and says so by its code', async () => {
    await put(['{"uuid":"bad-1","event_date":"never"}\n', '{"uuid":"bad-2"']);
    await until(async () => (await failedRecords()) === 5);
    const unmapped = await redrive('send', '--yes');
    expect(unmapped.stderr).toMatch(
      /^Not sent, TimeInvalid: Column "event_date" of type timestamp cannot hold "never"\.$/m,
    );
    expect(unmapped.stderr).toContain('1 event not sent: NotJson.');
    expect(unmapped.stderr).toMatch(/^0 events sent to .*, 0 left out, 2 not sent;/m);
    expect(unmapped.code).toBe(3);
    const picky = await mappingFile(
      'picky.ts',
      "export default (event) => { if (typeof event === 'string') throw new Error('Too odd.'); return { uuid: event.uuid }; };",
    );
    const run = await redrive('send', '--map', picky, '--yes');
    expect(run.stderr).toMatch(
      /^Not sent, MappingFailed: Error: Too odd\.\n {2}errors\/.*, record \d+, event 1: \{"uuid":"bad-2"$/m,
    );
    expect(run.stderr).toMatch(/^1 event sent to .*, 0 left out, 1 not sent;/m);
    expect(run.code).toBe(3);
    await lakehouse.waitForCount(count("uuid = 'bad-1'"), 1);
    const none = await mappingFile('none.ts', 'export default () => null;');
    expect((await redrive('send', '--map', none, '--yes')).code).toBe(0);
  });

  it('sends the backup of a range of time again, whole objects of it', { timeout: 60_000 }, async () => {
    const from = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const lines = Array.from({ length: 300 }, (_, id) => `{"uuid":"backup-${id}","name":"x"}\n`);
    await put(lines);
    await lakehouse.waitForCount(count("uuid LIKE 'backup-%'"), 300);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const to = new Date().toISOString();
    const run = await redrive('backup', '--from', from, '--to', to, '--yes');
    expect(run.stderr).toMatch(
      /with 300 records \(.* kB\) to send to stream lakehouse-local-customers in local AWS/,
    );
    expect(run.stderr).toContain('will be there twice');
    expect(run.stderr).toMatch(/^300 events sent to/m);
    expect(run.code).toBe(0);
    await lakehouse.waitForCount(count("uuid LIKE 'backup-%'"), 600);
    expect(
      await lakehouse.column("SELECT count(DISTINCT uuid) FROM customers WHERE uuid LIKE 'backup-%'"),
    ).toEqual([300n]);
    expect((await redrive('backup', '--from', from, '--to', to, '--yes')).stderr).toContain(
      'nothing to send',
    );
  });

  it('goes on after a kill -9, with none lost and few doubled', { timeout: 120_000 }, async () => {
    const total = 3 * EVENTS_A_MARK;
    await putFailing('kill', total);
    const marked = await markedAsSent();
    const hangs = await mappingFile(
      'hangs.ts',
      `setInterval(() => {}, 1e6);
      let count = 0;
      export default ({ uuid }) => (count++ < ${1.5 * EVENTS_A_MARK} ? { uuid } : new Promise(() => {}));`,
    );
    const killed = await runCli(
      'redrive/main.ts',
      ['send', '--map', hangs, '--yes'],
      variables(),
      (child) => {
        until(async () => (await markedAsSent()) >= marked + EVENTS_A_MARK).finally(() =>
          child.kill('SIGKILL'),
        );
      },
    );
    expect(killed.code).toBeNull();
    const works = await mappingFile('works.ts', 'export default ({ uuid }) => ({ uuid });');
    const resumed = await redrive('send', '--map', works, '--yes');
    expect(resumed.code, resumed.stderr).toBe(0);
    const distinct = "SELECT count(DISTINCT uuid) FROM customers WHERE uuid LIKE 'kill-%'";
    await lakehouse.waitForCount(distinct, total);
    const [all] = await lakehouse.column(count("uuid LIKE 'kill-%'"));
    expect(Number(all) - total).toBeLessThanOrEqual(EVENTS_A_MARK);
  });

  it('stops at a signal, and goes on where it was', { timeout: 120_000 }, async () => {
    const total = 3 * EVENTS_A_MARK;
    await putFailing('stop', total);
    const marked = await markedAsSent();
    const slow = await mappingFile(
      'slow.ts',
      `export default async ({ uuid }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return { uuid };
      };`,
    );
    const args = ['send', '--map', slow, '--yes'];
    const stopped = await runCli('redrive/main.ts', args, variables(), (child) => {
      until(async () => (await markedAsSent()) > marked).finally(() => child.kill('SIGTERM'));
    });
    expect(stopped.stderr).toContain('Stopping: what was taken is still sent');
    expect(stopped.stderr).toContain('It was stopped before the end.');
    expect(stopped.code).toBe(143);
    expect((await redrive(...args)).code).toBe(0);
    await lakehouse.waitForCount(count("uuid LIKE 'stop-%'"), total);
    expect(
      await lakehouse.column("SELECT count(DISTINCT uuid) FROM customers WHERE uuid LIKE 'stop-%'"),
    ).toEqual([BigInt(total)]);
  });
});

describe.concurrent('a command line that cannot be carried out', () => {
  it.each([
    ['an unknown action', ['what']],
    ['an unknown dataset', ['list', '--dataset', 'nix']],
    ['a time that is none', ['list', '--from', 'yesterday']],
    ['a range that ends before it begins', ['list', '--from', '1h', '--to', '2h']],
    ['a backup without a range', ['backup', '--yes']],
    ['a backup of what is yet to come', ['backup', '--from', '1h', '--to', '2999-01-01', '--yes']],
    ['a limit that is no number', ['show', '--limit', 'x']],
    ['a mapping that is not there', ['send', '--map', 'no-such.ts']],
    ['a mapping that is no function', ['send', '--map', 'datasets/index.ts']],
    ['an unknown flag', ['send', '--what']],
  ])('is refused: %s', async (_, args) => {
    expectRefusal(withoutNotice(await redrive(...args)), 2);
  });

  it('ends with 4 where nobody answers, where there are no credentials, and where there is no bucket', async () => {
    const nobody = { LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const silent = await runCli('redrive/main.ts', ['list'], nobody);
    expectRefusal(withoutNotice(silent), 4);
    expect(silent.stderr).toContain('npm run local');
    const anonymous = await runCli('redrive/main.ts', ['list'], {});
    expectRefusal(anonymous, 4);
    expect(anonymous.stderr).toContain('AWS_PROFILE');
    const elsewhere = await runCli('redrive/main.ts', ['list'], { ...variables(), AWS_REGION: 'eu-west-1' });
    expectRefusal(withoutNotice(elsewhere), 4);
    expect(elsewhere.stderr).toContain('npm run local -- --provision');
  });
});
