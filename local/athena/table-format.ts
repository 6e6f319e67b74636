import type { StorageDescriptor } from '@aws-sdk/client-glue';
import { QueryFault } from '../engine/engine.js';
import type { TextFormat } from '../engine/text/text-format.js';
import type { Checked } from '../wire/operation.js';
import {
  HIVE_JSON_SERDE,
  LAZY_SIMPLE_SERDE,
  OPEN_CSV_SERDE,
  OPENX_JSON_SERDE,
  PARQUET_FORMAT,
  TEXT_FORMAT,
} from './statements/storage-formats.js';

/**
 * How the objects of a table are read; undefined for Parquet.
 * @param what the table or partition, as it is named in a fault.
 * @throws QueryFault for a format that local AWS does not read.
 * @see https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html
 */
export function tableFormat(
  storage: Checked<StorageDescriptor> | undefined,
  what: string,
  parameters: Readonly<Record<string, string>> = {},
): TextFormat | undefined {
  const { InputFormat: input, SerdeInfo: serde } = storage ?? {};
  if (input === PARQUET_FORMAT.input) return undefined;
  const library = serde?.SerializationLibrary ?? LAZY_SIMPLE_SERDE;
  const read = Object.hasOwn(READERS, library) ? READERS[library] : undefined;
  if (input !== TEXT_FORMAT.input || !read) {
    const format = input === TEXT_FORMAT.input ? library : (input ?? 'no format');
    throw new QueryFault(
      'NOT_SUPPORTED',
      `Local AWS reads tables in Parquet, JSON and delimited text only, and ${what} is of ${format}.`,
    );
  }
  const skipLines = Number(parameters['skip.header.line.count'] ?? 0);
  if (!Number.isInteger(skipLines) || skipLines < 0) {
    const value = parameters['skip.header.line.count'];
    throw new QueryFault('INVALID_TABLE_PROPERTY', `skip.header.line.count of ${what} is ${value}`);
  }
  return read(new Map(Object.entries(serde?.Parameters ?? {})), skipLines, what);
}

type Reader = (parameters: ReadonlyMap<string, string>, skipLines: number, what: string) => TextFormat;

const readJson =
  (serde: 'openx' | 'hive'): Reader =>
  (parameters, skipLines, what) => {
    for (const [key, allowed] of FIXED) {
      const value = parameters.get(key)?.toLowerCase();
      if (value !== undefined && value !== allowed) throw refused(`'${key}'='${value}'`, what);
    }
    const mappings = [...parameters].filter(([key]) => key.startsWith('mapping.'));
    return {
      kind: 'json',
      serde,
      ignoreMalformed: parameters.get('ignore.malformed.json')?.toLowerCase() === 'true',
      mappings: Object.fromEntries(
        mappings.map(([key, name]) => [key.slice('mapping.'.length).toLowerCase(), name]),
      ),
      skipLines,
    };
  };

/** Settings of the OpenX serde that are only understood as they are by default. */
const FIXED = [
  ['case.insensitive', 'true'],
  ['dots.in.keys', 'false'],
] as const;

const readDelimited: Reader = (parameters, skipLines, what) => {
  const lines = parameters.get('line.delim');
  if (lines !== undefined && lines !== '\n') throw refused("another 'line.delim' than a newline", what);
  return {
    kind: 'delimited',
    separator: delimiter(parameters.get('field.delim') ?? parameters.get('serialization.format'), '\u0001'),
    escape: parameters.has('escape.delim') ? delimiter(parameters.get('escape.delim'), '\\') : undefined,
    nullText: parameters.get('serialization.null.format') ?? '\\N',
    skipLines,
  };
};

/**
 * Hive takes a number that a byte holds for the character of that code, and nothing for what is the default.
 * @see LazyUtils.getByte of Hive, and TextEncodingOptions.getByte of Trino
 */
const delimiter = (text: string | undefined, byDefault: string) =>
  /^\d{1,3}$/.test(text ?? '') && Number(text) < 128
    ? String.fromCharCode(Number(text))
    : text?.slice(0, 1) || byDefault;

/** Of each setting the first character counts. @see getCharProperty of Trino's CsvConstants, and Hive's OpenCSVSerde */
const readCsv: Reader = (parameters, skipLines, what) => {
  const character = (key: string, byDefault: string) => {
    const [first] = parameters.get(key) ?? byDefault;
    if (first === undefined) throw refused(`an empty '${key}'`, what);
    return first;
  };
  const escapeBy = character('escapeChar', '\\');
  return {
    kind: 'csv',
    separator: character('separatorChar', ','),
    quote: character('quoteChar', '"'),
    // Hive reads as though it had been told nothing.
    escape: escapeBy === '"' ? '\\' : escapeBy,
    skipLines,
  };
};

const READERS: Readonly<Record<string, Reader>> = {
  [OPENX_JSON_SERDE]: readJson('openx'),
  [HIVE_JSON_SERDE]: readJson('hive'),
  [LAZY_SIMPLE_SERDE]: readDelimited,
  [OPEN_CSV_SERDE]: readCsv,
};

const refused = (setting: string, what: string) =>
  new QueryFault('NOT_SUPPORTED', `Local AWS does not read ${what}, which has ${setting}.`);
