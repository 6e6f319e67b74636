import type { FoundObject } from './find-objects.js';
import type { LakeBucket } from './lake-bucket.js';
import { type FoundMark, findMark } from './marked-object.js';
import type { StoredRecord } from './stored-record.js';
import { storedRecords } from './stored-records.js';
import { unzipped } from './unzipped.js';

/** What is in an object, and what of it has been sent again. */
export interface Survey {
  readonly object: FoundObject;
  readonly found: FoundMark | undefined;
  /** Records by the code that they failed with; by an empty one in a backup. */
  readonly codes: ReadonlyMap<string, CodeCount>;
  /** All of `codes` together. */
  readonly total: CodeCount;
}

export interface CodeCount {
  readonly records: number;
  /** Bytes of the records themselves. */
  readonly bytes: number;
  /** Records of which every event has been sent again or left out. */
  readonly redriven: number;
  /** Bytes of the records that are not. */
  readonly openBytes: number;
}

/** Counts what is in an object, and which of it its mark says is done. */
export async function survey(bucket: LakeBucket, object: FoundObject): Promise<Survey> {
  const found = await findMark(bucket, object.key, Date.now());
  const codes = new Map<string, CodeCount>();
  let total = NOTHING;
  for await (const record of recordsOf(bucket, object)) {
    const code = record.failure?.code ?? '';
    const isDone = found?.mark?.done.has(record.number) === true;
    const bytes = record.data.byteLength;
    const one = { records: 1, bytes, redriven: isDone ? 1 : 0, openBytes: isDone ? 0 : bytes };
    codes.set(code, sum(codes.get(code) ?? NOTHING, one));
    total = sum(total, one);
  }
  return { object, found, codes, total };
}

/** The records in an object, in their order. */
export function recordsOf(bucket: LakeBucket, { key, kind }: FoundObject): AsyncGenerator<StoredRecord> {
  return storedRecords(kind, unzipped(bucket.read(key)));
}

/** Whether a code is the one that was asked for, by its whole name or the part behind the dot, in any case. */
export function isCode(code: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const lower = code.toLowerCase();
  return lower === wanted.toLowerCase() || lower.endsWith(`.${wanted.toLowerCase()}`);
}

/** Two counts together. */
export function sum(one: CodeCount, other: CodeCount): CodeCount {
  return {
    records: one.records + other.records,
    bytes: one.bytes + other.bytes,
    redriven: one.redriven + other.redriven,
    openBytes: one.openBytes + other.openBytes,
  };
}

/** A count of nothing. */
export const NOTHING: CodeCount = { records: 0, bytes: 0, redriven: 0, openBytes: 0 };
