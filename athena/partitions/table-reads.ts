import type { Piece } from '../sql/scan.js';

/** A place where a statement reads a table. */
export interface TableRead {
  /** In lower case, without its database. */
  readonly table: string;
  /** What its columns are qualified with: its alias, or its own name. */
  readonly qualifier: string;
}

/** The names that stand behind FROM or JOIN or a comma; of a comma's some may be no tables. */
export function tableReads(pieces: readonly Piece[]): readonly TableRead[] {
  return pieces.flatMap((piece, index) => {
    const table = nameAt(piece);
    if (table === undefined || !isRead(pieces, index)) return [];
    return [{ table, qualifier: aliasBehind(pieces, index) ?? table }];
  });
}

/** A name of SQL in lower case, in quotes or without. */
export function nameAt(piece: Piece | undefined): string | undefined {
  if (piece?.kind === 'word') return piece.text.toLowerCase();
  return piece?.kind === 'quoted' ? piece.text.slice(1, -1).toLowerCase() : undefined;
}

function isRead(pieces: readonly Piece[], index: number): boolean {
  if (pieces[index + 1]?.text === '.') return false;
  let before = index - 1;
  while (pieces[before]?.text === '.') before -= 2;
  return ['FROM', 'JOIN', ','].includes(pieces[before]?.text.toUpperCase() ?? '') && hasFrom(pieces, before);
}

const hasFrom = (pieces: readonly Piece[], until: number) =>
  pieces.slice(0, until + 1).some(({ text }) => text.toUpperCase() === 'FROM');

function aliasBehind(pieces: readonly Piece[], index: number): string | undefined {
  const next = pieces[index + 1];
  if (next?.text.toUpperCase() === 'AS') return nameAt(pieces[index + 2]);
  return next?.kind === 'word' && NO_ALIASES.has(next.text.toUpperCase()) ? undefined : nameAt(next);
}

/** Words that can stand behind a table in its alias's place. */
const NO_ALIASES = new Set(
  (
    'WHERE JOIN INNER LEFT RIGHT FULL CROSS NATURAL ON USING GROUP ORDER HAVING LIMIT OFFSET FETCH UNION INTERSECT ' +
    'EXCEPT TABLESAMPLE FOR WINDOW WITH MATCH_RECOGNIZE'
  ).split(' '),
);
