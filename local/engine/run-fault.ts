import { diskFull, isDiskFull } from './disk-full.js';
import { EngineFault, QueryFault } from './engine.js';
import type { Analysis } from './sql/analysis.js';
import { CAST_MARK } from './sql/fail-macros.js';
import { SqlFault } from './sql/sql-fault.js';
import { wrongCast } from './wrong-cast.js';

export interface RunContext {
  readonly sql: string;
  readonly analysis: Analysis;
  /** What the user calls a file that DuckDB opens. */
  readonly uriOf: (path: string) => string | undefined;
}

/** What DuckDB says of a statement, as Athena would say it: without DuckDB's own names, hints and paths. */
export function runFault(error: unknown, context: RunContext): Error {
  if (error instanceof QueryFault || error instanceof EngineFault) return error;
  if (error instanceof SqlFault) return error.toQueryFault(context.sql);
  if (isDiskFull(error)) return diskFull();
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(text);
    if (match) return make(match, context);
  }
  const first = text.split('\n')[0] ?? '';
  return new EngineFault(`The engine could not run the statement: ${withoutPaths(first, context)}`);
}

const MARK = String.fromCharCode(CAST_MARK);
const FAILED = new RegExp(`${MARK}([A-Z][A-Z_]{4,}): ([^${MARK}]*)${MARK}`);
const WRONG_CAST = new RegExp(`${MARK}([^${MARK}]*)${MARK}([a-z][a-z0-9(), ]*)["']`);

type Make = (match: RegExpExecArray, context: RunContext) => Error;

const user =
  (code: string, message: string): Make =>
  () =>
    new QueryFault(code, message);

const RULES: readonly (readonly [RegExp, Make])[] = [
  [/^INTERRUPT/, user('CANCELLED', 'Query cancelled by user')],
  [WRONG_CAST, ([, text = '', type = '']) => wrongCast(text, type)],
  // Raised by the SQL that this engine writes, by trino_fail(), and by its natives.
  [FAILED, ([, code = '', message = '']) => new QueryFault(code, message)],
  [/column "([^"]+)" must appear in the GROUP BY clause/, notAggregate],
  [/column ([^" ]+) must appear in the GROUP BY clause/, notAggregate],
  [
    /More than one row returned by a subquery/,
    user('SUBQUERY_MULTIPLE_ROWS', 'Scalar sub-query has returned multiple rows'),
  ],
  [
    /^Out of Memory Error/,
    user(
      'EXCEEDED_LOCAL_MEMORY_LIMIT',
      'Query exhausted resources: it needs more memory than local AWS gives it',
    ),
  ],
  [
    /Could not parse string "([^"]*)" according to format/,
    ([, value]) => new QueryFault('INVALID_FUNCTION_ARGUMENT', `Invalid format: "${value}"`),
  ],
  [
    /(date|timestamp) field value out of range: "([^"]*)"/,
    ([, type = '', text = '']) => wrongCast(text, type),
  ],
  [
    /Failed to cast decimal value (\S+) to type (INT\d+)/,
    ([, text = '', type = '']) => wrongCast(text, type.toLowerCase()),
  ],
  // One that is out of the type's range.
  [
    /Could not convert string ['"](.*)['"] to ([A-Z]\w*(?:\(\d+,\s*\d+\))?)/,
    ([, text = '', type = '']) => wrongCast(text, type.toLowerCase()),
  ],
  // Trino has another code for what does not fit these than for NaN, and for bigint.
  [
    /Type (?:DOUBLE|FLOAT) with value (?!-?nan)(\S+) can't be cast .*type INT(?:8|16|32)\b/,
    ([, value]) => new QueryFault('NUMERIC_VALUE_OUT_OF_RANGE', `Out of the range of the type: ${value}`),
  ],
  [
    /Type (?:DOUBLE|FLOAT) with value (\S+) can't be cast/,
    ([, value]) => new QueryFault('INVALID_CAST_ARGUMENT', `Out of the range of the type: ${value}`),
  ],
  [/overflow|out of range/i, user('NUMERIC_VALUE_OUT_OF_RANGE', 'A number is out of the range of its type')],
  [
    /Could not cast value .* to DECIMAL/,
    user('NUMERIC_VALUE_OUT_OF_RANGE', 'A number does not fit its decimal type'),
  ],
  [/(?:No magic bytes found|too small to be a Parquet file|Parquet).*?["'](\/[^"']+)["']/, badFile],
  [/["'](\/[^"']+)["'].*(?:not a Parquet|No magic bytes|too small to be)/, badFile],
  [/^Conversion Error: .*file ["'](\/[^"']+)["']/, badFile],
  // What RE2 does not know, and may be right in Java.
  [
    /^Invalid Input Error: .*(?:invalid perl operator|bad repetition|repetition size|invalid escape|class range: \\p|named capture|too large)/i,
    user('NOT_SUPPORTED', 'Such a regular expression is not supported by local AWS'),
  ],
  [
    /^Invalid Input Error: .*(?:regular expression|missing [)\]]|unexpected \)|no argument for repetition|trailing|class range)/i,
    user('INVALID_FUNCTION_ARGUMENT', 'Invalid regular expression'),
  ],
  [
    /expression depth|^Parser Error: memory exhausted/i,
    user('STATEMENT_TOO_LARGE', 'The statement is nested too deep'),
  ],
  // A limit of DuckDB's, such as on where an aggregate may stand.
  [
    /^(?:Binder|Not implemented) Error: ([^\n]*)/,
    ([, message = ''], context) =>
      new QueryFault('NOT_SUPPORTED', `Not supported by local AWS: ${withoutPaths(message, context)}`),
  ],
  [/^Conversion Error/, user('INVALID_CAST_ARGUMENT', 'A value cannot be cast to the type')],
  [
    /^(?:Invalid Input|Out of Range) Error: ([^\n]*)/,
    ([, message = ''], context) =>
      new QueryFault('INVALID_FUNCTION_ARGUMENT', withoutPaths(message, context)),
  ],
];

function notAggregate([, id = '']: RegExpExecArray, { sql, analysis }: RunContext): Error {
  const use = analysis.use(id) ?? analysis.use(`"${id}"`);
  const label = use?.label ?? id;
  const message = `'${label}' must be an aggregate expression or appear in GROUP BY clause`;
  return new SqlFault('EXPRESSION_NOT_AGGREGATE', message, use?.at).toQueryFault(sql);
}

function badFile([, path = '']: RegExpExecArray, { uriOf }: RunContext): Error {
  return new QueryFault(
    'HIVE_BAD_DATA',
    `${uriOf(path) ?? 'A file of the table'} is not a Parquet file that fits the table`,
  );
}

function withoutPaths(text: string, { uriOf }: RunContext): string {
  return text.replace(
    /(["'])(\/[^"']*)\1/g,
    (_, quote: string, path: string) => `${quote}${uriOf(path) ?? '…'}${quote}`,
  );
}
