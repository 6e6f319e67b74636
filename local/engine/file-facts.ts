import type { EngineFile } from './engine.js';
import { quoteName, quoteText, type SqlType } from './sql-type.js';
import type { TypedColumn } from './table-columns.js';

/** Column by which DuckDB says which file a row is from. */
export const PATH = '$path';

/**
 * The columns that a row has from its file, which `*` leaves out.
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-glue-catalog.html
 */
export const FILE_COLUMNS: readonly { readonly name: string; readonly type: SqlType }[] = [
  { name: PATH, type: { name: 'varchar' } },
  { name: '$file_size', type: { name: 'bigint' } },
  { name: '$file_modified_time', type: { name: 'timestamp with time zone' } },
  { name: '$partition', type: { name: 'varchar' } },
];

/** Those of them that a text has. */
export function fileColumnsIn(sql: string): string[] {
  const lower = sql.toLowerCase();
  return FILE_COLUMNS.map(({ name }) => name).filter((name) => lower.includes(name));
}

/** The rows with those columns. A join, as a map of all files would be searched for each row. */
export function withFileFacts(
  rows: string,
  files: ReadonlyMap<string, EngineFile>,
  keys: readonly TypedColumn[],
  columns: readonly string[],
): string {
  const facts = [...files.values()];
  const partition = ({ partition: values }: EngineFile) =>
    keys.length === 0 ? 'NULL' : quoteText(keys.map(({ name }, i) => `${name}=${values[i]}`).join('/'));
  const others = [
    {
      name: '$file_size',
      id: 'size',
      value: 'pairs.size',
      items: () =>
        list(
          facts.map(({ size = 0 }) => size),
          'BIGINT',
        ),
    },
    {
      name: '$file_modified_time',
      id: 'modified',
      value: 'CAST(make_timestamp(pairs.modified * 1000) AS TIMESTAMPTZ)',
      items: () =>
        list(
          facts.map(({ modified = 0 }) => modified),
          'BIGINT',
        ),
    },
    {
      name: '$partition',
      id: 'folders',
      value: 'pairs.folders',
      items: () => list(facts.map(partition), 'VARCHAR'),
    },
  ].filter(({ name }) => columns.includes(name));
  const pairs = [
    `${list([...files.keys()].map(quoteText), 'VARCHAR')} AS path`,
    `${list(
      facts.map(({ uri }) => quoteText(uri)),
      'VARCHAR',
    )} AS uri`,
    ...others.map(({ id, items }) => `${items()} AS ${id}`),
  ].join(', ');
  const added = others.map(({ name, value }) => `, ${value} AS ${quoteName(name)}`).join('');
  return `(SELECT source.* REPLACE (pairs.uri AS ${quoteName(PATH)})${added}
    FROM ${rows} AS source LEFT JOIN (SELECT ${pairs}) AS pairs ON source.${quoteName(PATH)} = pairs.path)`;
}

const list = (items: readonly (string | number)[], type: string) =>
  `unnest(CAST([${items.join(', ')}] AS ${type}[]))`;
