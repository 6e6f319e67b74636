import { csv } from './csv.js';
import type { Format } from './format.js';
import { json, jsonLines } from './json.js';
import { table } from './table.js';

/** The formats there are, by the name that `--format` takes. */
export const FORMATS = { table, csv, json, jsonl: jsonLines } as const satisfies Readonly<
  Record<string, Format>
>;

export type FormatName = keyof typeof FORMATS;
