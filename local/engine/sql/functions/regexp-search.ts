import type { SqlType } from '../../sql-type.js';
import { isChar } from '../chars.js';
import { textLiteral } from '../literals.js';
import { type JoniPattern, readPattern, refusal, type Search } from '../natives/joni-pattern.js';
import { forEach } from '../nested-values.js';
import { notSupported } from '../sql-fault.js';
import type { CallSite } from './call-site.js';
import { resolveLength } from './varchar-length.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** A text in which a pattern is sought, in SQL. */
export interface TextSearch {
  /** It fails for a text of which RE2 thinks otherwise than Joni. */
  readonly text: string;
  /** As RE2 takes it. */
  readonly pattern: string;
  /** As the user wrote it. */
  readonly written: string;
  /** Where it is a literal. */
  readonly known?: JoniPattern;
  /** What is found in the text: as long as the text at most. */
  readonly found: SqlType;
}

/** The first two arguments of a call. @throws SqlFault if the pattern is a literal that is refused. */
export function searchOf(call: CallSite, search: Search): TextSearch {
  const given = call.value(1);
  // A char(n) is coerced to a pattern, though to no varchar.
  const written = given && isChar(given.type) ? given.sql : call.as(1, VARCHAR).sql;
  const plain = call.as(0, VARCHAR).sql;
  const found = resolveLength('x', new Map([['x', call.value(0)?.type ?? VARCHAR]]));
  const searched = (uses: string) => `trino_searched(${plain}, ${uses})`;
  if (!call.hasLiteral(1)) {
    const pattern = `trino_pattern(${written}, '${search}')`;
    return { text: searched(`trino_pattern_uses(${written})`), pattern, written, found };
  }
  const known = readPattern(call.literal(1));
  const refused = refusal(known, search, true);
  if (refused !== undefined) throw notSupported(refused, call.at);
  const text = known.uses.size > 0 ? searched(`'${[...known.uses].join(' ')}'`) : plain;
  return { text, pattern: textLiteral(known.re2), written, known, found };
}

/** All matches, or what one of their groups matched. */
export function matchesOf({ text, pattern }: TextSearch, group = 0): string {
  return `regexp_extract_all(${text}, ${pattern}, ${group})`;
}

/** An array with something made of each match, of the groups by their numbers. */
export function forEachMatch(
  search: TextSearch,
  groups: readonly number[],
  body: (text: (group: number) => string) => string,
): string {
  const lists = groups.map((group) => matchesOf(search, group));
  return forEach(`list_zip(${lists.join(', ')})`, (match) =>
    body((group) => `struct_extract(${match}, ${groups.indexOf(group) + 1})`),
  );
}

/** What is before, between and behind the matches. */
export function partsOf(search: TextSearch): string {
  const { text, pattern, known } = search;
  if (known?.empty) return `trino_match_parts(${text}, ${matchesOf(search)})`;
  return known && !known.asserts
    ? `string_split_regex(${text}, ${pattern})`
    : `trino_split_around(${text}, ${pattern})`;
}

/** What is no character, for texts to be split at. */
const SEPARATOR = 0xfdd0;

export const REGEXP_MACROS = [
  // DuckDB takes what it has split off for the begin of the text.
  `CREATE MACRO trino_split_around(s, p) AS CASE WHEN contains(s, chr(${SEPARATOR}))
    THEN trino_refuse('NOT_SUPPORTED: The character U+FDD0 in a text that is split is not supported by local AWS', s)
    WHEN p IS NOT NULL THEN string_split(regexp_replace(s, p, chr(${SEPARATOR}), 'g'), chr(${SEPARATOR})) END`,
  // To RE2 \w, \d, \s and \b are of ASCII, to Joni of Unicode; and $ is not before a line feed at the end.
  String.raw`CREATE MACRO trino_searched(s, u) AS CASE
    WHEN contains(u, 'end') AND ends_with(s, chr(10))
      THEN trino_refuse('NOT_SUPPORTED: $ in a regular expression on a text that ends with a line feed is not supported by local AWS', s)
    WHEN (contains(u, 'space') AND contains(s, chr(11))) OR (strlen(s) <> length(s) AND (contains(u, 'posix')
      OR (contains(u, 'word') AND regexp_matches(regexp_replace(s, '[\x00-\x7F]', '', 'g'), '[\pL\pM\p{Nd}\p{Pc}]'))
      OR (contains(u, 'digit') AND regexp_matches(regexp_replace(s, '[\x00-\x7F]', '', 'g'), '\p{Nd}'))
      OR (contains(u, 'space') AND regexp_matches(s, '[\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]'))))
      THEN trino_refuse('NOT_SUPPORTED: A class such as \w, \d, \s or \b on letters, digits or spaces that are not ASCII is not supported by local AWS', s)
    ELSE s END`,
  `CREATE MACRO trino_regexp_joined(parts, made) AS CASE
    WHEN list_count(made) < len(made) THEN NULL
    WHEN parts IS NOT NULL THEN array_to_string(list_transform(list_zip(parts, made),
      lambda j: struct_extract(j, 1) || coalesce(struct_extract(j, 2), '')), '') END`,
];
