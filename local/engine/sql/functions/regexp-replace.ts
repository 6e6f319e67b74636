import { quoteText, type SqlType } from '../../sql-type.js';
import type { Typed } from '../coercion.js';
import { textLiteral } from '../literals.js';
import { isCaught, TrinoError } from '../natives/native.js';
import { re2Replacement, readReplacement } from '../natives/regexp-replacement.js';
import { notSupported } from '../sql-fault.js';
import type { CallSite, Lambda } from './call-site.js';
import { forEachMatch, partsOf, searchOf, type TextSearch } from './regexp-search.js';
import { resolveLength } from './varchar-length.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** By nothing, or by a text with groups in it. */
export function replaced(call: CallSite): Typed {
  // By nothing it does not matter how often an empty match is replaced.
  const literal = call.args.length === 2 ? '' : call.hasLiteral(2) ? call.literal(2) : undefined;
  const search = searchOf(call, literal === '' ? 'first' : 'replace');
  const type = call.args.length === 2 ? search.found : replacedType(call);
  const { text, pattern, known, written } = search;
  if (known && literal !== undefined) return { sql: byLiteral(search, literal), type };
  if (known?.empty && !known.onlyEmpty)
    throw notSupported(
      'A computed replacement for a regular expression that matches nothing as well',
      call.at,
    );
  const replacement = literal === '' ? "''" : call.as(2, VARCHAR).sql;
  const by = literal === '' ? "''" : `trino_replacement(${replacement}, ${written})`;
  const sql = `CASE WHEN regexp_matches(${text}, ${pattern}) THEN regexp_replace(${text}, ${pattern}, ${by}, 'g')
    WHEN ${replacement} IS NOT NULL AND ${pattern} IS NOT NULL THEN ${text} END`;
  return { sql, type };
}

function replacedType(call: CallSite): SqlType {
  const [x = VARCHAR, y = VARCHAR] = [0, 2].map((i) => call.value(i)?.type);
  return resolveLength(
    'x+max(x*y/2,y)*(x+1)',
    new Map([
      ['x', x],
      ['y', y],
    ]),
  );
}

function byLiteral(search: TextSearch, literal: string): string {
  const { text, pattern, known } = search;
  if (!known) return text;
  try {
    const pieces = readReplacement(literal, known);
    const re2 = re2Replacement(pieces);
    if (re2 !== undefined && (!known.empty || known.onlyEmpty || re2 === ''))
      return `regexp_replace(${text}, ${pattern}, ${textLiteral(re2)}, 'g')`;
    const groups = [0, ...pieces.filter((piece) => typeof piece === 'number')];
    const made = forEachMatch(search, [...new Set(groups)], (textOf) =>
      pieces
        .map((piece) => (typeof piece === 'number' ? `coalesce(${textOf(piece)}, '')` : textLiteral(piece)))
        .join(' || '),
    );
    return `trino_regexp_joined(${partsOf(search)}, ${made})`;
  } catch (error) {
    if (!(error instanceof TrinoError)) throw error;
    // Trino reads a replacement when there is something to replace.
    const said = quoteText(`${error.code}: ${error.text}`);
    const fault = isCaught(error) ? `trino_fail(${said})` : `trino_refuse(${said}, ${text})`;
    return `CASE WHEN regexp_matches(${text}, ${pattern}) THEN ${fault} ELSE ${text} END`;
  }
}

/** The parts between the matches and what the lambda makes of the groups of each in turn. */
export function replacedByLambda(call: CallSite, lambda: Lambda): Typed {
  if (call.value(1)?.type.name === 'unknown') return { sql: 'CAST(NULL AS VARCHAR)', type: VARCHAR };
  call.literal(1);
  const search = searchOf(call, 'parts');
  const groups = search.known?.groups ?? [];
  const { body, parameters, type } = call.lambda(
    lambda,
    [{ name: 'array', element: search.found }],
    (match) => [`list_slice(${match}, 2, ${groups.length})`],
  );
  if (type.name !== 'varchar' && type.name !== 'unknown') throw call.unexpected();
  const matches = forEachMatch(
    search,
    [...groups.keys()],
    (textOf) => `[${groups.map((_, i) => textOf(i)).join(', ')}]`,
  );
  const made = `list_transform(${matches}, lambda ${parameters[0]}: CAST(${body} AS VARCHAR))`;
  return { sql: `trino_regexp_joined(${partsOf(search)}, ${made})`, type: VARCHAR };
}
