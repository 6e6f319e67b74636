import { STATEMENT_KINDS, type StatementKind } from './statement-kinds.js';

/** What local Athena does with statements, tables and results, in Markdown, for docs/sql.md. */
export function statementsDocument(): string {
  const kinds = STATEMENT_KINDS.filter(({ statement }) => statement !== '(');
  return [
    '## Statements',
    'A statement that is refused fails with `NOT_SUPPORTED` and its name, and changes nothing. One that writes does all of it or nothing: its objects, its table and its partitions are there in one moment.',
    table(['Statement', 'Locally', 'SubstatementType'], kinds.map(statementRow)),
    '## Tables',
    table(['Format', 'Read', 'Written'], FORMATS),
    'Objects of text may be compressed with GZIP, by their ending `.gz`; those of another compression are refused. A text file is made Parquet when a query first reads its partition, and counts as scanned whole. A value that its column cannot hold fails the queries that read the column.',
    '## Partitions',
    table(['Partitions', 'Locally'], PARTITIONS),
    '## What a query can ask of the catalog and of files',
    table(['Name', 'Locally'], METADATA),
    '## Results',
    table(['Result', 'Locally'], RESULTS),
  ].join('\n\n');
}

type Row = readonly string[];

const statementRow = ({ statement, kind, support, note }: StatementKind): Row => [
  `\`${statement}\``,
  note === undefined ? support : `${support}: ${note}`,
  `\`${kind}\``,
];

const FORMATS: readonly Row[] = [
  ['Parquet', 'yes', 'yes: GZIP, SNAPPY, ZSTD or none'],
  [
    'JSON lines (OpenX and Hive serde)',
    'yes, with `ignore.malformed.json` and `mapping.…`',
    'yes: GZIP or none',
  ],
  [
    'Delimited text (LazySimpleSerDe)',
    'yes, with delimiter, escape, null format and `skip.header.line.count`; columns of scalars',
    'yes: GZIP or none; not into tables with an escape or headers',
  ],
  ['CSV (OpenCSVSerde)', 'yes, with separator, quote and escape; columns of scalars', 'refused'],
  ['ORC, Avro, RegexSerDe and others', 'refused', 'refused'],
  ['Iceberg, Hudi, Delta Lake', 'refused', 'refused'],
  ['Buckets', 'read as any table', 'refused'],
];

const PARTITIONS: readonly Row[] = [
  ['Registered in Glue', 'read wherever they lie, if they are of the format of their table'],
  [
    'Projected: `integer`, `enum`, `date`',
    'range, digits, interval, unit, format, values, `NOW` and `storage.location.template`',
  ],
  ['Projected: `injected`', 'a statement has to compare the column with a literal, by `=` or IN'],
  ['Pruning', 'shows in the bytes scanned'],
  ['Written by one statement', 'up to 100; then `HIVE_TOO_MANY_OPEN_PARTITIONS`'],
];

const METADATA: readonly Row[] = [
  ['`information_schema`', '`schemata`, `tables`, `columns` and `views`; others are `TABLE_NOT_FOUND`'],
  ['`"table$partitions"`', 'of projected tables those partitions that have an object'],
  ['`"table$properties"` and others', 'refused'],
  ['`"$path"`, `"$file_size"`, `"$file_modified_time"`, `"$partition"`', 'as in Athena'],
  ['`"$bucket"`', '`COLUMN_NOT_FOUND`'],
];

const RESULTS: readonly Row[] = [
  ['Queries', '`<id>.csv` and `<id>.csv.metadata`'],
  ['Statements over the catalog, EXPLAIN', '`<id>.txt`, with `<id>.txt.metadata` where Athena has one'],
  ['INSERT INTO, UNLOAD', '`<id>-manifest.csv` and `<id>.metadata`'],
  ['CREATE TABLE AS', '`tables/<id>-manifest.csv` and `tables/<id>.metadata`'],
  ['Metadata of SHOW statements', 'Protocol Buffers; Athena’s is not readable'],
  ['Reuse of results', 'by age, up to seven days'],
];

const table = (head: Row, rows: readonly Row[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
