import { PARTITIONS } from '../../settings/index.js';
import { type Piece, scanCode } from '../sql/scan.js';
import { nameAt, tableReads } from './table-reads.js';

/**
 * The tables, of those given, that a statement reads without saying anywhere which hours it is about: Athena then asks
 * for every folder of every year. Judged by the text: where a partition column is named in a condition, it is taken to
 * be of help, to the table whose alias it is qualified with, or to all where it is qualified with none.
 *
 * @param tables names of tables with the partitions of this project, in lower case.
 */
export function unfilteredTables(statement: string, tables: readonly string[]): readonly string[] {
  const pieces = scanCode(statement);
  if (!READING.has(pieces[0]?.text.toUpperCase() ?? '')) return [];
  const subqueries = namedSubqueries(pieces);
  const reads = tableReads(pieces);
  const qualifiers = new Set(
    reads.filter(({ table }) => !subqueries.has(table)).map(({ qualifier }) => qualifier),
  );
  const conditions = pieces.flatMap((_, index) =>
    isConditionOnPartition(pieces, index) ? [qualifierAt(pieces, index)] : [],
  );
  // What qualifies by a subquery's alias, or by nothing, may reach any table within.
  if (conditions.some((qualifier) => qualifier === undefined || !qualifiers.has(qualifier))) return [];
  const whole = reads.filter(({ qualifier }) => !conditions.includes(qualifier));
  return tables.filter((name) => whole.some(({ table }) => table === name));
}

/** Words that statements begin with which read rows. */
const READING = new Set(['SELECT', 'WITH', '(', 'INSERT', 'CREATE', 'UNLOAD', 'EXECUTE']);

/** The names that WITH gives to subqueries: `name AS (SELECT …)`. */
function namedSubqueries(pieces: readonly Piece[]): ReadonlySet<string> {
  if (!pieces.some(({ text }) => text.toUpperCase() === 'WITH')) return new Set();
  return new Set(
    pieces.flatMap((piece, index) => {
      const isNamed = pieces[index + 1]?.text.toUpperCase() === 'AS' && pieces[index + 2]?.text === '(';
      return isNamed ? (nameAt(piece) ?? []) : [];
    }),
  );
}

const NAMES: ReadonlySet<string> = new Set(PARTITIONS.map(({ name }) => name));

/** A partition column beside a comparison, or in an expression that is compared: anywhere behind WHERE or ON. */
function isConditionOnPartition(pieces: readonly Piece[], index: number): boolean {
  const name = nameAt(pieces[index]);
  // `year(…)` is a function, and GROUP BY and SELECT are no conditions.
  if (name === undefined || !NAMES.has(name) || pieces[index + 1]?.text === '(') return false;
  const clauses = pieces.slice(0, index).map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : ''));
  const clause = clauses.findLast((word) => CLAUSES.has(word));
  return clause === 'WHERE' || clause === 'ON';
}

const CLAUSES = new Set(['SELECT', 'FROM', 'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'ON']);

const qualifierAt = (pieces: readonly Piece[], index: number) =>
  pieces[index - 1]?.text === '.' ? nameAt(pieces[index - 2]) : undefined;
