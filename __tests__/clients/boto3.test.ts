import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openLakehouse } from '../path/lakehouse-on-local-aws.js';
import { isThere, output } from './command.js';

const hasBoto3 = isThere('python3', ['-c', 'import boto3']);
const SCRIPT = fileURLToPath(new URL('./path.py', import.meta.url));

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
