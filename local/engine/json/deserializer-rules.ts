import type { Deserializer } from '../conversion.js';
import { timestampReader } from './timestamp-format.js';
import { openXTimestamp } from './timestamp-text.js';

/** In what the JSON SerDes differ once a record's JSON has been read. */
export interface DeserializerRules {
  /** What a name in an object is called among the columns, or among the fields of a struct. */
  readonly fieldName: (name: string) => string;
  /** What a name becomes where it is a value: a key of a map, or within JSON that is kept as text. */
  readonly keptName: (name: string) => string;
  /** The JSON name of a column, as `fieldName` gives it. */
  readonly nameOfColumn: (column: string) => string;
  /** Whether a name twice in an object makes it no JSON; otherwise the last one counts. */
  readonly refusesDuplicates: boolean;
  /**
   * Whether values are fitted to a column of another shape: a number within a string, JSON kept as text, an array of
   * one, a struct by position.
   */
  readonly fitsShapes: boolean;
  /** Whether a timestamp may be ISO 8601 in UTC, which DuckDB reads as it is. */
  readonly takesIsoTimestamps: boolean;
  /** The text of a timestamp as DuckDB reads it, or nothing if it is none. */
  readonly timestamp: (text: string) => string | undefined;
}

/** @throws EngineFault for a pattern of timestamps that is not supported. */
export function deserializerRules(deserializer: Deserializer): DeserializerRules {
  if (deserializer.kind === 'hive') {
    return {
      fieldName: lower,
      keptName: same,
      nameOfColumn: same,
      refusesDuplicates: false,
      fitsShapes: false,
      takesIsoTimestamps: false,
      timestamp: timestampReader(deserializer.timestampFormats),
    };
  }
  const { isCaseInsensitive, dotsToUnderscores, namesByColumn } = deserializer;
  const keptName = isCaseInsensitive ? lower : same;
  const fieldName = dotsToUnderscores ? (name: string) => keptName(name).replaceAll('.', '_') : keptName;
  const names = new Map(Object.entries(namesByColumn).map(([column, name]) => [column.toLowerCase(), name]));
  return {
    fieldName,
    keptName,
    nameOfColumn: (column) => fieldName(names.get(column) ?? column),
    refusesDuplicates: true,
    fitsShapes: true,
    takesIsoTimestamps: true,
    timestamp: openXTimestamp,
  };
}

const lower = (name: string) => name.toLowerCase();
const same = (name: string) => name;
