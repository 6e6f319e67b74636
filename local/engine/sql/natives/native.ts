import {
  BIGINT,
  BLOB,
  BOOLEAN,
  blobValue,
  DOUBLE,
  type DuckDBBlobValue,
  type DuckDBConnection,
  type DuckDBListValue,
  DuckDBScalarFunction,
  type DuckDBType,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';

/** What a native takes and gives, by the name of its kind. */
interface Kinds {
  readonly text: string;
  readonly bigint: bigint;
  readonly double: number;
  readonly boolean: boolean;
  readonly bytes: Uint8Array;
  readonly texts: readonly string[];
  readonly doubles: readonly (number | null)[];
}

type Kind = keyof Kinds;

type Values<P extends readonly Kind[]> = { readonly [I in keyof P]: Kinds[P[I]] };

/** A function in TypeScript that SQL calls for what DuckDB has no function for; the user's SQL cannot name it. */
export interface Native {
  readonly name: string;
  readonly create: (hearer: NativeHearer) => DuckDBScalarFunction;
}

/** What hears of the calls of natives. */
export interface NativeHearer {
  /** Called before the rows of each call; what it throws fails the query. */
  readonly beforeCall: () => void;
  /** Called with an error that no TRY may catch. */
  readonly onRefused: (error: TrinoError) => void;
}

/**
 * A native that is NULL where an argument is. It throws a TrinoError for what Trino fails at. It runs on the thread of
 * the whole engine and cannot be interrupted, so it must take no time that the length of its arguments does not bound:
 * no regular expression that the user wrote.
 */
export function native<const P extends readonly Kind[], R extends Kind>(
  name: string,
  parameters: P,
  result: R,
  run: (...args: Values<P>) => Kinds[R] | null,
): Native {
  return {
    name,
    create: ({ beforeCall, onRefused }) =>
      DuckDBScalarFunction.create({
        name,
        parameterTypes: parameters.map((kind) => TYPES[kind]),
        returnType: TYPES[result],
        mainFunction: (info, input, output) => {
          try {
            beforeCall();
            const columns = input.getColumns();
            for (let row = 0; row < input.rowCount; row++) {
              const args = columns.map((column, i) => fromDuckDB(parameters[i] ?? 'text', column[row]));
              const value = args.includes(null) ? null : run(...(args as unknown as Values<P>));
              output.setItem(row, toDuckDB(value));
            }
            output.flush();
          } catch (error) {
            if (error instanceof TrinoError && !isCaught(error)) onRefused(error);
            info.setError(error instanceof Error ? error.message : String(error));
          }
        },
      }),
  };
}

/** An error of Trino's, which the engine finds again in DuckDB's. */
export class TrinoError extends Error {
  constructor(
    readonly code: string,
    readonly text: string,
  ) {
    super(`${MARK}${code}: ${text}${MARK}`);
  }
}

/** Whether a TRY makes NULL of an error. */
export const isCaught = ({ code }: TrinoError) => CAUGHT.has(code);

/** @see https://trino.io/docs/current/functions/conditional.html#try */
const CAUGHT: ReadonlySet<string> = new Set([
  'DIVISION_BY_ZERO',
  'INVALID_CAST_ARGUMENT',
  'INVALID_FUNCTION_ARGUMENT',
  'NUMERIC_VALUE_OUT_OF_RANGE',
]);

/** The record separator, which is in no message otherwise. */
const MARK = '\u001e';

/** Makes natives callable in a database. */
export function register(
  connection: DuckDBConnection,
  natives: readonly Native[],
  hearer: NativeHearer,
): void {
  for (const { create } of natives) connection.registerScalarFunction(create(hearer));
}

const TYPES: Readonly<Record<Kind, DuckDBType>> = {
  text: VARCHAR,
  bigint: BIGINT,
  double: DOUBLE,
  boolean: BOOLEAN,
  bytes: BLOB,
  texts: LIST(VARCHAR),
  doubles: LIST(DOUBLE),
};

function fromDuckDB(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'bytes') return (value as DuckDBBlobValue).bytes;
  if (kind === 'texts' || kind === 'doubles') return (value as DuckDBListValue).items;
  return value;
}

function toDuckDB(value: Kinds[Kind] | null) {
  if (value instanceof Uint8Array) return blobValue(value);
  if (value !== null && typeof value === 'object') return listValue([...value]);
  return value;
}
