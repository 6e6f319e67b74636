import { PARTITIONS } from '../../settings/index.js';
import { type Piece, scanCode } from '../sql/scan.js';

/**
 * The tables, of those given, that a statement reads without saying anywhere which hours it is about: Athena then asks
 * for every folder of every year. Judged by the text: where a partition column is named in a condition, it is taken to
 * be of help.
 *
 * @param tables names of tables with the partitions of this project, in lower case.
 */
export function unfilteredTables(statement: string, tables: readonly string[]): readonly string[] {
  const pieces = scanCode(statement);
  if (!READING.has(pieces[0]?.text.toUpperCase() ?? '')) return [];
  const read = tables.filter((table) => pieces.some((_, index) => isRead(pieces, index, table)));
  return pieces.some((_, index) => isConditionOnPartition(pieces, index)) ? [] : read;
}

/** Words that statements begin with which read rows. */
const READING = new Set(['SELECT', 'WITH', '(', 'INSERT', 'CREATE', 'UNLOAD', 'EXECUTE']);

/** Whether a table's name stands here, behind FROM or JOIN or a comma, with its database or without. */
function isRead(pieces: readonly Piece[], index: number, table: string): boolean {
  if (nameAt(pieces[index]) !== table || pieces[index + 1]?.text === '.') return false;
  let before = index - 1;
  while (pieces[before]?.text === '.') before -= 2;
  return ['FROM', 'JOIN', ','].includes(pieces[before]?.text.toUpperCase() ?? '') && hasFrom(pieces, before);
}

const hasFrom = (pieces: readonly Piece[], until: number) =>
  pieces.slice(0, until + 1).some(({ text }) => text.toUpperCase() === 'FROM');

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

function nameAt(piece: Piece | undefined): string | undefined {
  if (piece?.kind === 'word') return piece.text.toLowerCase();
  return piece?.kind === 'quoted' ? piece.text.slice(1, -1).toLowerCase() : undefined;
}
