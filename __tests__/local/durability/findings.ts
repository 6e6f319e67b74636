import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetTableCommand } from '@aws-sdk/client-glue';
import { GetRecordsCommand, GetShardIteratorCommand, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Clients } from '../running-local-aws.js';
import { BUCKETS, DATABASE, STREAM, TABLE } from './lake.js';
import type { Content, Memory } from './memory.js';

/** Milliseconds that a delivery may take: the engine has to start first. */
const DELIVERY_MS = 60_000;

/**
 * Holds what local AWS has against what the writers remember.
 * @throws AssertionError where something that was acknowledged is not there, or anything is there twice or in part.
 */
export async function expectNothingLost(clients: Clients, memory: Memory, dataDir: string): Promise<void> {
  await expectObjects(clients, memory);
  const { Table } = await clients.glue.send(new GetTableCommand({ DatabaseName: DATABASE, Name: TABLE }));
  const revision = Number(Table?.Parameters?.revision);
  expect(memory.revisions).toContain(revision);
  memory.revisions = [revision];
  const streamed = await idsOnStream(clients);
  expect(duplicates(streamed)).toEqual([]);
  expect(missing(memory.acknowledged, new Set(streamed))).toEqual([]);
  expect(missing(streamed, memory.sent)).toEqual([]);
  const rows = streamed.filter((id) => !memory.unreadable.has(id)).sort();
  const failed = streamed.filter((id) => memory.unreadable.has(id)).sort();
  await expect
    .poll(() => count(clients), { timeout: DELIVERY_MS, interval: 200 })
    .toBeGreaterThanOrEqual(rows.length);
  await expect
    .poll(async () => (await failedIds(clients)).length, { timeout: DELIVERY_MS, interval: 200 })
    .toBeGreaterThanOrEqual(failed.length);
  const found = (await column(clients, `SELECT id FROM ${TABLE}`)).sort();
  expect(duplicates(found)).toEqual([]);
  expect(found.length).toBe(rows.length);
  expect(missing(rows, new Set(found))).toEqual([]);
  expect((await failedIds(clients)).sort()).toEqual(failed);
  expect((await backedUpIds(clients)).sort()).toEqual([...streamed].sort());
  await expectNoOrphans(clients, dataDir);
}

/** Each object is whole, and what was last acknowledged of it, or what was asked for after that. */
async function expectObjects(clients: Clients, memory: Memory): Promise<void> {
  const listed = new Set(await keysIn(clients, BUCKETS.objects));
  for (const [key, possible] of memory.objects) {
    const content: Content = listed.has(key) ? await read(clients, BUCKETS.objects, key) : undefined;
    expect(possible.includes(content), `${key} of ${content?.length} characters`).toBe(true);
    memory.objects.set(key, [content]);
  }
  for (const key of listed) expect(memory.objects.has(key)).toBe(true);
}

/** There is one file for each object, and nothing that waits to become one. */
async function expectNoOrphans(clients: Clients, dataDir: string): Promise<void> {
  const objects = async () => {
    const keys = await Promise.all(Object.values(BUCKETS).map((bucket) => keysIn(clients, bucket)));
    return keys.flat().length;
  };
  const files = async (folder: string) => {
    const entries = await readdir(path.join(dataDir, folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('.engine')).length;
  };
  await expect.poll(async () => (await files('objects')) - (await objects())).toBe(0);
  await expect.poll(() => files('staging')).toBe(0);
}

async function keysIn({ s3 }: Clients, Bucket: string, Prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  return keys;
}

/** The body of an object, which has to be as long as it says. */
async function read({ s3 }: Clients, Bucket: string, Key: string): Promise<string> {
  const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const text = (await Body?.transformToString()) ?? '';
  expect(Buffer.byteLength(text)).toBe(ContentLength);
  return text;
}

async function readAll(clients: Clients, prefix: string): Promise<string[]> {
  const keys = await keysIn(clients, BUCKETS.lake, prefix);
  return Promise.all(keys.map((key) => read(clients, BUCKETS.lake, key)));
}

const ID = /"id":"([^"]+)"/g;
const idsIn = (text: string) => [...text.matchAll(ID)].map(([, id = '']) => id);

const backedUpIds = async (clients: Clients) => (await readAll(clients, 'source/')).flatMap(idsIn);

async function failedIds(clients: Clients): Promise<string[]> {
  const lines = (await readAll(clients, 'errors/')).flatMap((text) => text.trim().split('\n'));
  return lines.flatMap((line) => {
    const { rawData }: { rawData: string } = JSON.parse(line);
    return idsIn(Buffer.from(rawData, 'base64').toString('utf8'));
  });
}

async function idsOnStream({ kinesis }: Clients): Promise<string[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: STREAM }));
  const ids: string[] = [];
  for (const { ShardId } of Shards) {
    const start = { StreamName: STREAM, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(start));
    for (;;) {
      const {
        Records = [],
        NextShardIterator,
        MillisBehindLatest,
      } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      ids.push(
        ...Records.flatMap(({ Data = new Uint8Array() }) => idsIn(Buffer.from(Data).toString('utf8'))),
      );
      if (!NextShardIterator || (Records.length === 0 && MillisBehindLatest === 0)) break;
      ShardIterator = NextShardIterator;
    }
  }
  return ids;
}

async function count(clients: Clients): Promise<number> {
  const [text] = await column(clients, `SELECT count(*) FROM ${TABLE}`);
  return Number(text);
}

/** The values of a query's only column. */
async function column(clients: Clients, sql: string): Promise<string[]> {
  const { ResultConfiguration } = await query(clients, sql);
  const [, , Bucket = '', ...key] = (ResultConfiguration?.OutputLocation ?? '').split('/');
  const [, ...lines] = (await read(clients, Bucket, key.join('/'))).trim().split('\n');
  return lines.map((line) => line.slice(1, -1));
}

async function query({ athena }: Clients, sql: string): Promise<QueryExecution> {
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: DATABASE },
      ResultConfiguration: { OutputLocation: `s3://${BUCKETS.results}/` },
    }),
  );
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED' && QueryExecution) return QueryExecution;
    if (State !== 'QUEUED' && State !== 'RUNNING') throw new Error(`${sql}: ${State} ${StateChangeReason}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first few that are there twice. */
function duplicates(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size).slice(0, 10);
}

/** The first few that are not among others. */
function missing(ids: Iterable<string>, others: ReadonlySet<string>): string[] {
  return [...ids].filter((id) => !others.has(id)).slice(0, 10);
}
