import { EventEmitter } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, withoutNotice } from '../cli/expect-refusal.js';
import { type Answer, startFakeAws } from '../cli/fake-aws.js';
import { runCli } from '../cli/run-cli.js';
import { temporaryFolder } from '../local/running-local-aws.js';

interface PutRecords {
  readonly StreamName: string;
  readonly Records: readonly {
    readonly Data: string;
    readonly PartitionKey: string;
    readonly ExplicitHashKey?: string;
  }[];
}

const received: PutRecords[] = [];
const throttling = new EventEmitter();
const protocols = new Set<string>();
let aws: Awaited<ReturnType<typeof startFakeAws>>;
beforeAll(async () => {
  aws = await startFakeAws({
    GetCallerIdentity: () => ({ error: 'InvalidAction', message: 'none' }),
    PutRecords: (input: PutRecords, protocol): Answer => {
      const error = ERRORS[input.StreamName];
      if (input.StreamName === 'busy') throttling.emit('request');
      if (error) return { error, message: `${error} for ${input.StreamName}.` };
      received.push(input);
      protocols.add(protocol);
      const Records = input.Records.map((_, index) => ({
        SequenceNumber: String(index),
        ShardId: 'shardId-0',
      }));
      return { output: { FailedRecordCount: 0, Records } };
    },
  });
});
afterAll(() => aws.close());

const ERRORS: Readonly<Record<string, string>> = {
  missing: 'ResourceNotFoundException',
  forbidden: 'AccessDeniedException',
  busy: 'ProvisionedThroughputExceededException',
};

const local = () => ({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: aws.endpoint });

describe.concurrent('npm run producer', () => {
  it('prints each event as a JSON line and counts on stderr', async () => {
    const { code, stdout, stderr } = await runCli(
      'producer/main.ts',
      ['--amount', '12', '--stream', 'twelve'],
      local(),
    );
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(events).toHaveLength(12);
    const records = received
      .filter(({ StreamName }) => StreamName === 'twelve')
      .flatMap(({ Records }) => Records);
    const sent = records.map(({ Data }) => Buffer.from(Data, 'base64').toString()).join('');
    expect(sent.split('\n').sort()).toEqual(['', ...events.map((event) => JSON.stringify(event))].sort());
    expect(records.length).toBeLessThanOrEqual(12);
    for (const { PartitionKey, ExplicitHashKey } of records) {
      expect(PartitionKey).toMatch(/^lane-\d+$/);
      expect(ExplicitHashKey).toMatch(/^\d+$/);
    }
    expect(protocols).toEqual(new Set(['1.1']));
    const [notice, closing, latency, ...others] = stderr.trimEnd().split('\n');
    expect(notice).toBe(`Local AWS at ${aws.endpoint}, with dummy credentials (LAKEHOUSE_ENV=local).`);
    expect(closing).toMatch(
      /^12 sent to twelve: 12 acknowledged, 0 retried, 0 failed, in \d+\.\d\d s \(\d+ events\/s\)\.$/,
    );
    expect(latency).toMatch(/^Half of them were acknowledged within \d/);
    expect(others).toEqual([]);
    expect(code).toBe(0);
  });

  it('prints the same events of the same seed', async () => {
    const args = ['--amount', '3', '--seed', '5'];
    const [one, other] = await Promise.all([
      runCli('producer/main.ts', args, local()),
      runCli('producer/main.ts', args, local()),
    ]);
    expect(one.stdout).toBe(other.stdout);
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  it('prints no events where they are many', async () => {
    const { code, stdout, stderr } = await runCli('producer/main.ts', ['--amount', '101'], local());
    expect(stdout).toBe('');
    expect(stderr).toContain(' 0 failed');
    expect(code).toBe(0);
  });

  it('prints nothing but where it acts with --quiet, unless something went wrong', async () => {
    const { folder, remove } = await temporaryFolder();
    try {
      const run = await runCli('producer/main.ts', ['--quiet'], local());
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(withoutNotice(run).stderr).toBe('');

      const input = path.join(folder, 'events.jsonl');
      await writeFile(input, 'no event\n');
      const bad = await runCli('producer/main.ts', ['--quiet', '--input', input], local());
      expect(bad).toMatchObject({ code: 3, stderr: expect.stringContaining('1 failed with NotJson') });
    } finally {
      await remove();
    }
  });

  it('tells all of it in JSON with --log-format json, errors as well', async () => {
    const json = ['--log-format', 'json', '--amount', '101'];
    const [well, missing] = await Promise.all([
      runCli('producer/main.ts', json, local()),
      runCli('producer/main.ts', [...json, '--stream', 'missing'], local()),
    ]);
    const messages = ({ stderr }: { stderr: string }) =>
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { time: string; message?: string })
        .flatMap(({ message }) => message ?? []);
    expect(well.code).toBe(0);
    expect(messages(well)).toEqual([
      expect.stringContaining('Local AWS at'),
      expect.stringContaining('101 acknowledged'),
      expect.stringContaining('Half of them'),
    ]);
    expect(missing.code).toBe(4);
    expect(messages(missing).slice(1)).toEqual([
      'ResourceNotFoundException for missing.',
      expect.stringContaining('deploy'),
    ]);
  });

  it.each([
    ['--dead-letter', 'no/such/folder/file'],
    ['--dead-letter', ''],
    ['--dead-letter', '.'],
    ['--summary-json', 'no/such/folder/file'],
    ['--summary-json', '.'],
    ['--spill-dir', ''],
    ['--spill-dir', 'package.json'],
    ['--input', 'no-such-file'],
    ['--input', '.'],
    ['--input', ''],
    ['--replay', 'no-such-folder'],
    ['--replay', 'package.json'],
  ])('refuses %s "%s" before anything is sent, and says so in one line', async (flag, value) => {
    const run = await runCli('producer/main.ts', [flag, value], local());
    expectRefusal(run, 2);
    // Not even where it acts is told.
    expect(run.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(`^${flag} .*: name a f|^${flag} is empty`),
    ]);
  });

  it('leaves no file behind that it only looked at', async () => {
    const { folder, remove } = await temporaryFolder();
    try {
      const args = ['--dead-letter', path.join(folder, 'letters'), '--amount', '1'];
      expect(await runCli('producer/main.ts', args, local())).toMatchObject({ code: 0 });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await remove();
    }
  });

  it.each([
    ['--amount 0', ['--amount', '0']],
    ['--amount -1', ['--amount', '-1']],
    ['--amount ten', ['--amount', 'ten']],
    ['--dataset x', ['--dataset', 'x']],
    ['--stream "a b"', ['--stream', 'a b']],
    ['an unknown flag', ['--what']],
    ['an argument too many', ['10']],
  ])('refuses %s', async (_, args) => {
    expectRefusal(await runCli('producer/main.ts', args, local()), 2);
  });

  it('refuses an environment that there is not', async () => {
    const run = await runCli('producer/main.ts', [], { LAKEHOUSE_ENV: 'mars' });
    expectRefusal(run, 2);
    expect(run.stderr).toContain('local, dev, prod');
  });

  it('says how to start local AWS where nobody answers', async () => {
    const variables = { LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const run = await runCli('producer/main.ts', [], variables);
    expectRefusal(withoutNotice(run), 4);
    expect(run.stderr).toContain('npm run local');
    expect(run.stderr).toContain('http://127.0.0.1:1');
  });

  it('says what to set where there are no credentials', async () => {
    const run = await runCli('producer/main.ts', [], { LAKEHOUSE_ENV: 'dev' });
    expectRefusal(run, 4);
    expect(run.stderr).toContain('LAKEHOUSE_ENV=local');
  });

  it.each([
    ['missing', 'deploy'],
    ['forbidden', 'AccessDenied'],
  ])('ends at once on a stream that is %s', async (stream, said) => {
    const run = await runCli('producer/main.ts', ['--stream', stream], local());
    expectRefusal(withoutNotice(run), 4);
    expect(run.stderr).toContain(said);
  });

  it('names account and region where it can cost money', async () => {
    const variables = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const { code, stderr } = await runCli('producer/main.ts', [], {
      ...variables,
      AWS_ENDPOINT_URL: aws.endpoint,
    });
    expect(stderr.split('\n')[0]).toBe(
      `Acting on AWS account (unknown), region eu-west-1, environment dev, at AWS_ENDPOINT_URL=${aws.endpoint}.`,
    );
    expect(code).toBe(0);
  });

  it('reports what it has done when it is stopped, and gives up when it is stopped twice', async () => {
    const args = ['--stream', 'busy'];
    const { code, stdout, stderr } = await runCli('producer/main.ts', args, local(), (child) => {
      throttling.once('request', () => child.kill('SIGTERM'));
      let told = false;
      child.stderr?.on('data', (data: Buffer) => {
        if (data.includes('Stopping') && !told) child.kill('SIGTERM');
        told ||= data.includes('Stopping');
      });
    });
    expect(stdout).toBe('');
    expect(stderr).toContain('10 sent to busy: 0 acknowledged');
    expect(stderr).toContain('10 failed with Abandoned');
    expect(code).toBe(143);
  });

  it('goes on when the reader of its events leaves', async () => {
    const { code, stderr } = await runCli('producer/main.ts', ['--amount', '100'], local(), (child) =>
      child.stdout?.destroy(),
    );
    expect(stderr).toContain('100 acknowledged');
    expect(code).toBe(0);
  });
});
