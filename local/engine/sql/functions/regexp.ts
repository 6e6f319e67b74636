import { quoteText, type SqlType } from '../../sql-type.js';
import { notSupported } from '../sql-fault.js';
import { type CallSite, type FunctionGroup, isLambda } from './call-site.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** By RE2, which has no look-around and no back-references: such a pattern is an error. */
export const REGEXP_FUNCTIONS: FunctionGroup = {
  title: 'Regular expressions',
  scalars: `
regexp_like(varchar, varchar): boolean = regexp_matches($1, $2)
regexp_extract(varchar, varchar): varchar = CASE WHEN regexp_matches($1, $2) THEN regexp_extract($1, $2) END
regexp_extract_all(varchar, varchar): array(varchar) = regexp_extract_all($1, trino_matching($2))
regexp_replace(varchar, varchar): varchar = regexp_replace($1, $2, '', 'g')
regexp_split(varchar, varchar): array(varchar) = string_split_regex($1, trino_matching($2))
regexp_count(varchar, varchar): bigint = len(regexp_extract_all($1, trino_matching($2)))
regexp_position(varchar, varchar): integer = CASE WHEN regexp_matches($1, $2) THEN length(list_extract(string_split_regex($1, $2), 1)) + 1 WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN -1 END
regexp_position(varchar, varchar, bigint): integer = refuse
regexp_position(varchar, varchar, bigint, bigint): integer = refuse
`,
  specials: { regexp_extract: extracted, regexp_extract_all: extractedAll, regexp_replace: replaced },
};

function group(call: CallSite): number {
  const expression = call.written[2];
  if (expression?.kind !== 'literal' || expression.type !== 'integer')
    throw notSupported(`${call.name} of a computed group`, call.at);
  return Number(expression.text);
}

function extracted(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = [call.as(0, VARCHAR).sql, call.as(1, VARCHAR).sql];
  return { sql: `trino_regexp_group(${text}, ${pattern}, ${group(call)})`, type: VARCHAR };
}

function extractedAll(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = [call.as(0, VARCHAR).sql, call.as(1, VARCHAR).sql];
  const type: SqlType = { name: 'array', element: VARCHAR };
  return { sql: `trino_regexp_groups(${text}, trino_matching(${pattern}), ${group(call)})`, type };
}

/** Java's `$1` is RE2's `\1`. With a lambda, the parts between the matches and what it makes of their groups in turn. */
function replaced(call: CallSite) {
  if (call.args.length !== 3) return undefined;
  const [text, pattern] = [call.as(0, VARCHAR).sql, call.as(1, VARCHAR).sql];
  const third = call.args[2];
  if (!third || !isLambda(third)) {
    const rewritten = call
      .literal(2)
      .replace(/\\(.)|\$(\d)|\\/g, (_, escaped?: string, digit?: string) =>
        digit === undefined ? (escaped ?? '') : `\\${digit}`,
      );
    if (/\$\{/.test(call.literal(2))) throw notSupported('A named group in a replacement', call.at);
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

/** How many groups a pattern captures. */
function groupsIn(pattern: string): number {
  return pattern.replace(/\\.|\[[^\]]*\]/g, '').match(/\((?!\?)/g)?.length ?? 0;
}

/** Java finds an empty match right behind another one, which RE2 does not. DuckDB gives '' for a group that took no part in the match, where Trino gives NULL; which it is cannot be told. */
export const REGEXP_MACROS = [
  `CREATE MACRO trino_matching(p) AS CASE WHEN p IN ('', '^', '$') OR NOT regexp_matches('', p) THEN p
    WHEN p IS NOT NULL
      THEN trino_fail('NOT_SUPPORTED: A regular expression that matches nothing as well is not supported by local AWS') END`,
  String.raw`CREATE MACRO trino_group_is_certain(p) AS NOT contains(p, '|') AND NOT regexp_matches(p, '\)[?*{]')`,
  `CREATE MACRO trino_regexp_group(s, p, g) AS CASE WHEN regexp_matches(s, p) THEN CASE
    WHEN regexp_extract(s, p, g) <> '' OR g = 0 OR trino_group_is_certain(p) THEN regexp_extract(s, p, g)
    ELSE trino_fail('NOT_SUPPORTED: A group that may have taken no part in the match is not supported by local AWS') END END`,
  `CREATE MACRO trino_regexp_groups(s, p, g) AS CASE
    WHEN g = 0 OR trino_group_is_certain(p) OR NOT list_contains(regexp_extract_all(s, p, g), '')
    THEN regexp_extract_all(s, p, g)
    ELSE trino_fail('NOT_SUPPORTED: A group that may have taken no part in the match is not supported by local AWS') END`,
  `CREATE MACRO trino_regexp_joined(parts, made) AS CASE
    WHEN len(parts) <> len(made) + 1
      THEN trino_fail('NOT_SUPPORTED: regexp_replace of empty matches is not supported by local AWS')
    WHEN list_count(made) < len(made) THEN NULL
    ELSE array_to_string(list_transform(range(1, len(parts) + 1),
      lambda j: list_extract(parts, j) || coalesce(list_extract(made, j), '')), '') END`,
];
