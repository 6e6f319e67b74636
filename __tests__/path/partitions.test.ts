import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

/** Events of three hours, over the end of a year. */
const HOURS = ['2026-12-31T22:30:00Z', '2026-12-31T23:30:00Z', '2027-01-01T00:30:00Z'];
const AMOUNTS = [10, 20, 30];

let lakehouse: Lakehouse;
let offset = 0;

beforeAll(async () => {
  lakehouse = await openLakehouse([customers], {
    clock: {
      now: () => Date.now() + offset,
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    },
  });
  let sent = 0;
  for (const [index, hour] of HOURS.entries()) {
    offset = Date.parse(hour) - Date.now();
    const amount = AMOUNTS[index] ?? 0;
    await lakehouse.send(customers, amount);
    sent += amount;
    await lakehouse.waitForCount('SELECT count(*) FROM customers', sent);
  }
});
afterAll(() => lakehouse.end());

describe('the hour that a record arrives in', () => {
  it('is the folder that it lies in', async () => {
    const Bucket = lakehouse.names.bucket('data', '000000000000');
    const { Contents } = await lakehouse.clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'customers/' }),
    );
    expect(Contents?.map(({ Key }) => Key?.slice(0, Key.lastIndexOf('/')))).toEqual([
      'customers/year=2026/month=12/day=31/hour=22',
      'customers/year=2026/month=12/day=31/hour=23',
      'customers/year=2027/month=01/day=01/hour=00',
    ]);
  });

  it('is the partition that a query finds it by', async () => {
    expect(
      await lakehouse.column("SELECT count(*) FROM customers WHERE year = '2026' AND hour = '23'"),
    ).toEqual([20n]);
    expect(await lakehouse.column("SELECT count(*) FROM customers WHERE year = '2027'")).toEqual([30n]);
    expect(await lakehouse.column("SELECT count(*) FROM customers WHERE hour = '5'")).toEqual([0n]);
  });

  it('spares a query the bytes of the others', async () => {
    const scanned = async (where: string) => {
      const result = await lakehouse.session.query(`SELECT max(email) FROM customers ${where}`);
      return result.statistics.bytesScanned;
    };
    const parts = [];
    for (const [year, hour] of [
      ['2026', '22'],
      ['2026', '23'],
      ['2027', '00'],
    ]) {
      parts.push(await scanned(`WHERE year = '${year}' AND hour = '${hour}'`));
    }
    const whole = await scanned('');
    expect(Math.min(...parts)).toBeGreaterThan(0);
    expect(parts.reduce((sum, bytes) => sum + bytes, 0)).toBe(whole);
    expect(await scanned("WHERE year = '2025'")).toBe(0);
  });
});
