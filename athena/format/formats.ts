import { csv } from './csv.js';
import type { Format } from './format.js';
import { json, jsonLines } from './json.js';
import { markdown } from './markdown.js';
import { table } from './table.js';
import { tsv } from './tsv.js';
import { vertical } from './vertical.js';

/** The formats of text there are, by the name that `--format` takes. */
export const FORMATS = {
  table,
  vertical,
  csv,
  tsv,
  json,
  jsonl: jsonLines,
  markdown,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;
