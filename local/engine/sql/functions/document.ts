import type { FunctionGroup } from './call-site.js';
import { FUNCTION_GROUPS } from './registry.js';

/** What local SQL knows of Trino's functions, operators and types, in Markdown. */
export function functionsDocument(): string {
  const parts = [
    '## Functions',
    'Every function of the list in Trino’s documentation is here. A call of one that is refused fails with `NOT_SUPPORTED` and its name, before anything is read.',
    ...FUNCTION_GROUPS.map(groupText),
    '## Operators and expressions',
    table(['Expression', 'Locally'], EXPRESSIONS),
    '## Types',
    table(['Type', 'Locally'], TYPES),
  ];
  return parts.join('\n\n');
}

/** The names of a group's functions that can be called, in order. */
export function supportedNames({ scalars, aggregates, windows, specials }: FunctionGroup): string[] {
  const listed = [scalars, aggregates, windows]
    .join('\n')
    .split('\n')
    .filter((line) => !line.endsWith('= refuse'))
    .flatMap((line) => /^(\w+)\(/.exec(line)?.[1] ?? []);
  return [...new Set([...listed, ...Object.keys(specials ?? {})])].sort();
}

function groupText(group: FunctionGroup): string {
  const lines = [`### ${group.title}`];
  const names = supportedNames(group);
  if (names.length > 0) lines.push(names.map(code).join(', '));
  const refused = Object.entries(group.refused ?? {});
  if (refused.length > 0) {
    const rows = refused.map(
      ([reason, list]) => [list.split(/\s+/).sort().map(code).join(', '), reason] as const,
    );
    lines.push(table(['Refused', 'Why'], rows));
  }
  return lines.join('\n\n');
}

function code(name: string): string {
  return `\`${name}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const EXPRESSIONS: readonly (readonly [string, string])[] = [
  [
    '`+ - * / %`',
    'as Trino: whole division of integers, decimals with Trino’s digits, errors for overflow and zero',
  ],
  [
    "`1.5`, `1.5E0`, `DECIMAL '1.5'`",
    'as Athena documents it: a literal with a point is a double, not Trino’s decimal; not verified in an account',
  ],
  [
    '`= <> < <= > >=`, `BETWEEN`, `IN`, `IS [NOT] DISTINCT FROM`, `IS NULL`',
    'as Trino, NaN and NULLs within arrays and rows too; `IS DISTINCT FROM` not of what holds maps within',
  ],
  [
    '`ALL`, `ANY`, `SOME`, `EXISTS`, scalar and correlated subqueries',
    'as Trino; a subquery of several columns is one of rows',
  ],
  ['`\\|\\|`', 'texts, binaries, arrays, an array and an element'],
  ['`LIKE … ESCAPE`', 'as Trino'],
  ['`AND`, `OR`, `NOT`', 'as Trino'],
  [
    '`CASE`, `IF`, `COALESCE`, `NULLIF`, `TRY`, `TRY_CAST`',
    'as Trino; a `TRY` of nothing but literals makes a null of what is refused, too',
  ],
  ['`CAST`', 'as Trino, with its texts for numbers and moments; to and from JSON'],
  ['`array[i]`, `map[key]`, `row.field`, `row[i]`', 'as Trino: out of range is an error'],
  ['`x -> …`, `(k, v) -> …`', 'as Trino; no subquery in a lambda'],
  ['`AT TIME ZONE`', 'a literal zone; one zone for all values of a column'],
  ['intervals', 'as Trino'],
  ['aggregates with `DISTINCT`, `ORDER BY`, `FILTER`, `WITHIN GROUP`', 'as Trino'],
  ['`OVER`, `WINDOW`, frames of `ROWS`, `RANGE`, `GROUPS`, `IGNORE NULLS`', 'as Trino'],
  ['`GROUP BY DISTINCT`, `GROUPING SETS`, `CUBE`, `ROLLUP`, `grouping()`', 'as Trino'],
  ['`GROUP BY`, `DISTINCT`, `PARTITION BY`, `UNION`, `INTERSECT`, `EXCEPT`', 'as Trino; not of maps'],
  [
    '`TABLESAMPLE` of a table or subquery',
    'as Trino; the percentage is a number; `SYSTEM` takes pieces of 2,048 rows',
  ],
  ["`U&'…' UESCAPE`", 'as Trino'],
  ['`UNNEST … WITH ORDINALITY`, `LATERAL`', 'as Trino; `RIGHT JOIN LATERAL` only `ON TRUE`'],
  ['`FETCH FIRST … ONLY`, `… WITH TIES`', 'as Trino; no `OFFSET` with ties'],
  ['`WITH RECURSIVE … UNION ALL`', 'as Athena: ten levels'],
  [
    '`MATCH_RECOGNIZE` and patterns in windows, `NATURAL JOIN`, `JSON_TABLE` and its kin, table functions, `row.*`, `t.* AS (…)`, `ON OVERFLOW TRUNCATE`, `WITH FUNCTION`, `WITH SESSION`, `EXECUTE IMMEDIATE`, `1_000`, `0x1F`',
    'refused',
  ],
];

const TYPES: readonly (readonly [string, string])[] = [
  ['`boolean`, `tinyint`, `smallint`, `integer`, `bigint`, `real`, `double`, `decimal`', 'as Trino'],
  ['`varchar`, `varchar(n)`, `char(n)`, `varbinary`, `json`, `uuid`', 'as Trino'],
  ['`date`, `time(p)`, `timestamp`, `timestamp with time zone`', 'to the millisecond, as Athena’s'],
  ['`interval day to second`, `interval year to month`', 'as Trino'],
  ['`array`, `map`, `row`', 'as Trino'],
  [
    '`time with time zone`, `time(p)` and `timestamp(p)` of more than 3 digits, `ipaddress`, sketches, geometries',
    'refused',
  ],
];
