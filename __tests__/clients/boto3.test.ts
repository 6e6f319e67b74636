import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runLocalAws } from '../local/running-local-aws.js';
import { openLakehouse } from '../path/lakehouse-on-local-aws.js';
import { isThere, output } from './command.js';

const hasBoto3 = isThere('python3', ['-c', 'import boto3']);
const SCRIPT = fileURLToPath(new URL('./path.py', import.meta.url));
const DIRECT_PUT = fileURLToPath(new URL('./direct_put.py', import.meta.url));
const TRANSFERS = fileURLToPath(new URL('./transfers.py', import.meta.url));

it.skipIf(!hasBoto3)(
  `boto3 takes an event to a row${hasBoto3 ? '' : ' (left out: not installed)'}`,
  async () => {
    const lakehouse = await openLakehouse();
    try {
      const { names } = lakehouse;
      const bucket = names.bucket('data', '000000000000');
      const args = [SCRIPT, names.stream('customers'), bucket, names.database, names.workgroup];
      expect(JSON.parse(await output(lakehouse.local.endpoint, 'python3', args))).toEqual({
        failed: 0,
        read: [true],
        keys: [expect.stringMatching(/^customers\/year=.*\.parquet$/)],
        magic: ['PAR1', 'PAR1'],
        odd: true,
        metadata: { a: 'b' },
        columns: ['uuid', 'event_date', 'status', 'name', 'last_name', 'email', 'phone'],
        partitions: ['year', 'month', 'day', 'hour'],
        state: 'SUCCEEDED',
        rows: [
          ['uuid', 'event_date', 'name'],
          ['boto-1', '2026-02-04 21:35:54.759', 'Zoë'],
        ],
        refused: expect.stringContaining('Local AWS does not implement kinesis:RegisterStreamConsumer'),
      });
    } finally {
      await lakehouse.end();
    }
  },
);

it.skipIf(!hasBoto3)(
  `boto3 moves objects in parts, copies and lists them${hasBoto3 ? '' : ' (left out: not installed)'}`,
  { timeout: 60_000 },
  async () => {
    const running = await runLocalAws();
    try {
      const told = JSON.parse(await output(running.local.endpoint, 'python3', [TRANSFERS]));
      const { CRC32C, CRC64NVME, ...others } = told;
      // What boto3 needs for these is not installed with it.
      expect(['COMPOSITE', 'MissingDependencyException']).toContain(CRC32C);
      expect(['FULL_OBJECT', 'MissingDependencyException']).toContain(CRC64NVME);
      expect(others).toMatchObject({
        same: true,
        parts: '4',
        CRC32: 'COMPOSITE',
        SHA1: 'COMPOSITE',
        SHA256: 'COMPOSITE',
        listed: 33,
        filtered: ['2/32'],
        folders: ['0/', '1/', '2/'],
        left: 22,
        signed: true,
        read: true,
        expired: [expect.any(Number), true],
        tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: 'two words' },
        ],
        size: 1,
        'last part': [4, true],
        missing: 'NoSuchKey',
      });
      expect(running.troubles).toEqual([]);
    } finally {
      await running.end();
    }
  },
);

it.skipIf(!hasBoto3)(
  `boto3 puts records to a delivery stream${hasBoto3 ? '' : ' (left out: not installed)'}`,
  { timeout: 60_000 },
  async () => {
    const running = await runLocalAws();
    try {
      expect(JSON.parse(await output(running.local.endpoint, 'python3', [DIRECT_PUT]))).toEqual({
        failed: 0,
        ids: 100,
        keys: [expect.stringMatching(/^events\/\d{4}\/\d\d\/\d\d\/\d\d\/direct-1-.*\.gz$/)],
        encoding: 'gzip',
        same: true,
        missing: 'Firehose other under account 000000000000 not found.',
        large: 'Records size exceeds 4 MB limit',
      });
      expect(running.troubles).toEqual([]);
    } finally {
      await running.end();
    }
  },
);
