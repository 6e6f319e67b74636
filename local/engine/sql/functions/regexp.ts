import { quoteText, type SqlType } from '../../sql-type.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import { type CallSite, type FunctionGroup, isLambda } from './call-site.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** By RE2, which has no look-around and no back-references: such a pattern is an error. */
export const REGEXP_FUNCTIONS: FunctionGroup = {
  title: 'Regular expressions',
  scalars: `
regexp_like(varchar, varchar): boolean = regexp_matches(trino_searched($1, $2), $2)
regexp_extract(varchar, varchar): varchar = CASE WHEN regexp_matches(trino_searched($1, $2), $2) THEN regexp_extract(trino_searched($1, $2), $2) END
regexp_extract_all(varchar, varchar): array(varchar) = regexp_extract_all(trino_searched($1, $2), trino_matching($2))
regexp_replace(varchar, varchar): varchar = regexp_replace(trino_searched($1, $2), $2, '', 'g')
regexp_split(varchar, varchar): array(varchar) = string_split_regex(trino_searched($1, $2), trino_matching($2))
regexp_count(varchar, varchar): bigint = len(regexp_extract_all(trino_searched($1, $2), trino_matching($2)))
regexp_position(varchar, varchar): integer = CASE WHEN regexp_matches(trino_searched($1, $2), $2) THEN length(list_extract(string_split_regex(trino_searched($1, $2), $2), 1)) + 1 WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN -1 END
regexp_position(varchar, varchar, bigint): integer = refuse
regexp_position(varchar, varchar, bigint, bigint): integer = refuse
`,
  specials: { regexp_extract: extracted, regexp_extract_all: extractedAll, regexp_replace: replaced },
};

/** The text and the pattern. */
function subject(call: CallSite): readonly [string, string] {
  const pattern = call.as(1, VARCHAR).sql;
  return [`trino_searched(${call.as(0, VARCHAR).sql}, ${pattern})`, pattern];
}

function group(call: CallSite): number {
  const expression = call.written[2];
  if (expression?.kind !== 'literal' || expression.type !== 'integer')
    throw notSupported(`${call.name} of a computed group`, call.at);
  return Number(expression.text);
}

function extracted(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = subject(call);
  return { sql: `trino_regexp_group(${text}, ${pattern}, ${group(call)})`, type: VARCHAR };
}

function extractedAll(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = subject(call);
  const type: SqlType = { name: 'array', element: VARCHAR };
  return { sql: `trino_regexp_groups(${text}, trino_matching(${pattern}), ${group(call)})`, type };
}

/** Java's `$1` is RE2's `\1`. With a lambda, the parts between the matches and what it makes of their groups in turn. */
function replaced(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = subject(call);
  const third = call.args[2];
  if (!third || !isLambda(third)) {
    const groups = call.hasLiteral(1) ? groupsIn(call.literal(1)) : undefined;
    const rewritten = replacement(call, groups);
    // By nothing it does not matter how often an empty match is replaced.
    const searched = rewritten === '' ? pattern : `trino_matching(${pattern})`;
    return { sql: `regexp_replace(${text}, ${searched}, ${quoteText(rewritten)}, 'g')`, type: VARCHAR };
  }
  const count = groupsIn(call.literal(1));
  const { body, parameters, type } = call.lambda(third, [{ name: 'array', element: VARCHAR }], (match) => [
    `list_slice(${match}, 2, ${count + 1})`,
  ]);
  if (type.name !== 'varchar' && type.name !== 'unknown') throw call.unexpected();
  const groups = Array.from({ length: count + 1 }, (_, i) => `regexp_extract_all(${text}, ${pattern}, ${i})`);
  const matches = `list_transform(range(1, len(${groups[0]}) + 1), lambda k: [${groups.map((list) => `list_extract(${list}, k)`).join(', ')}])`;
  const made = `list_transform(${matches}, lambda ${parameters[0]}: CAST(${body} AS VARCHAR))`;
  return { sql: `trino_regexp_joined(string_split_regex(${text}, ${pattern}), ${made})`, type: VARCHAR };
}

/** Java's replacement as RE2's, which knows groups of one digit. */
function replacement(call: CallSite, groups: number | undefined): string {
  const text = call.literal(2);
  if (text.includes('${')) throw notSupported('A named group in a replacement', call.at);
  if (groups === undefined && text.includes('$'))
    throw notSupported('A group in a replacement where the pattern is computed', call.at);
  return text.replace(/\\([\s\S])|\$(\d+)|\\|\$/g, (written, escaped?: string, digits?: string) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped;
    if (digits === undefined || groups === undefined || Number(digits[0]) > groups)
      throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `Illegal replacement sequence: ${text}`, call.at);
    // As many digits as there are groups for.
    let length = 1;
    while (length < digits.length && Number(digits.slice(0, length + 1)) <= groups) length++;
    const group = Number(digits.slice(0, length));
    if (group > 9) throw notSupported(`${written} in a replacement`, call.at);
    return `\\${group}${digits.slice(length)}`;
  });
}

/** How many groups a pattern captures. */
function groupsIn(pattern: string): number {
  return pattern.replace(/\\.|\[[^\]]*\]/g, '').match(/\((?!\?)|\(\?P?<(?![=!])/g)?.length ?? 0;
}

/** Java finds an empty match right behind another one, which RE2 does not. DuckDB gives '' for a group that took no part in the match, where Trino gives NULL; which it is cannot be told. */
export const REGEXP_MACROS = [
  `CREATE MACRO trino_matching(p) AS CASE WHEN p IN ('', '^', '$') OR NOT regexp_matches('', p) THEN p
    WHEN p IS NOT NULL
      THEN trino_fail('NOT_SUPPORTED: A regular expression that matches nothing as well is not supported by local AWS') END`,
  String.raw`CREATE MACRO trino_group_is_certain(p) AS NOT contains(p, '|') AND NOT regexp_matches(p, '\)[?*{]')`,
  // To RE2 \w, \d, \s and \b are of ASCII, to Joni, which Trino has, of Unicode.
  String.raw`CREATE MACRO trino_searched(s, p) AS CASE
    WHEN strlen(s) <> length(s) AND (
      (regexp_matches(p, '\\[wWbB]') AND regexp_matches(regexp_replace(s, '[\x00-\x7F]', '', 'g'), '[\pL\pM\p{Nd}\p{Pc}]'))
      OR (regexp_matches(p, '\\[dD]') AND regexp_matches(regexp_replace(s, '[\x00-\x7F]', '', 'g'), '\p{Nd}'))
      OR (regexp_matches(p, '\\[sS]') AND regexp_matches(s, '[\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]')))
      THEN trino_fail('NOT_SUPPORTED: A class such as \w, \d, \s or \b on letters, digits or spaces that are not ASCII is not supported by local AWS')
    ELSE s END`,
  String.raw`CREATE MACRO trino_bare(p) AS regexp_replace(p, '\\.|\[[^\]]*\]', '', 'g')`,
  String.raw`CREATE MACRO trino_groups_in(p) AS len(regexp_extract_all(trino_bare(p), '\('))
    - len(regexp_extract_all(trino_bare(p), '\(\?')) + len(regexp_extract_all(trino_bare(p), '\(\?P?<[^=!]'))`,
  `CREATE MACRO trino_has_group(p, g) AS CASE WHEN g > trino_groups_in(p)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Pattern has ' || CAST(trino_groups_in(p) AS VARCHAR) || ' groups. Cannot access group ' || CAST(g AS VARCHAR))
    WHEN g IS NOT NULL THEN g END`,
  `CREATE MACRO trino_regexp_group(s, p, g) AS CASE WHEN trino_has_group(p, g) IS NOT NULL AND regexp_matches(s, p) THEN CASE
    WHEN regexp_extract(s, p, g) <> '' OR g = 0 OR trino_group_is_certain(p) THEN regexp_extract(s, p, g)
    ELSE trino_fail('NOT_SUPPORTED: A group that may have taken no part in the match is not supported by local AWS') END END`,
  `CREATE MACRO trino_regexp_groups(s, p, g) AS CASE
    WHEN trino_has_group(p, g) = 0 OR trino_group_is_certain(p) OR NOT list_contains(regexp_extract_all(s, p, g), '')
    THEN regexp_extract_all(s, p, g)
    ELSE trino_fail('NOT_SUPPORTED: A group that may have taken no part in the match is not supported by local AWS') END`,
  `CREATE MACRO trino_regexp_joined(parts, made) AS CASE
    WHEN len(parts) <> len(made) + 1
      THEN trino_fail('NOT_SUPPORTED: regexp_replace of empty matches is not supported by local AWS')
    WHEN list_count(made) < len(made) THEN NULL
    ELSE array_to_string(list_transform(range(1, len(parts) + 1),
      lambda j: list_extract(parts, j) || coalesce(list_extract(made, j), '')), '') END`,
];
