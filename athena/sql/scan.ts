/** A part of a statement's text; all of them one after another are the text. */
export interface Piece {
  readonly kind: 'space' | 'comment' | 'string' | 'quoted' | 'word' | 'number' | 'symbol';
  readonly text: string;
  /** Offset of the first character. */
  readonly at: number;
  /** Whether it is a string, a quoted name or a comment that the text ends in the middle of. */
  readonly open: boolean;
}

/**
 * Takes a text of SQL apart as Trino's lexer does: what is a string, a name in quotes or a comment, and what is not. It
 * refuses nothing, since it reads what is still being typed too. Names in backticks are Hive's.
 */
export function scan(sql: string): Piece[] {
  const pieces: Piece[] = [];
  PIECE.lastIndex = 0;
  for (let at = 0; at < sql.length; at = PIECE.lastIndex) {
    const groups = PIECE.exec(sql)?.groups ?? {};
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) ?? ['symbol', ''];
    pieces.push({ kind: kind as Piece['kind'], text, at, open: isOpen(kind, text) });
  }
  return pieces;
}

/** The pieces that mean something. */
export function scanCode(sql: string): Piece[] {
  return scan(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}

const PIECE = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>--[^\r\n]*|/\*[^]*?(?:\*/|$(?![^])))`,
    `(?<string>'(?:[^']|'')*(?:'|$(?![^])))`,
    '(?<quoted>"(?:[^"]|"")*(?:"|$(?![^]))|`(?:[^`]|``)*(?:`|$(?![^])))',
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$@]*)`,
    String.raw`(?<symbol><>|<=|>=|!=|->|=>|\|\||[^])`,
  ].join('|'),
  'uy',
);

function isOpen(kind: string, text: string): boolean {
  if (kind === 'comment') return text.startsWith('/*') && (text.length < 4 || !text.endsWith('*/'));
  if (kind !== 'string' && kind !== 'quoted') return false;
  const quote = text[0] ?? '';
  // Closed where the quotes, those in pairs included, are even in number.
  return (text.split(quote).length - 1) % 2 === 1;
}
