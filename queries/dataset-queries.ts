import type { Dataset } from '../datasets/index.js';
import { PARTITIONS } from '../settings/index.js';
import type { NamedQuery, QueryParameter } from './named-query.js';

/** The queries that every dataset has, made from its definition; each runs as it stands. */
export function datasetQueries(dataset: Dataset): readonly NamedQuery[] {
  const { name, columns, time, identity } = dataset;
  const query = (what: string, description: string, lines: readonly string[]): NamedQuery => ({
    name: `${name.replaceAll('_', '-')}-${what}`,
    description,
    sql: lines.join('\n'),
    parameters: [HOURS],
  });
  const hasTime = columns[time]?.type === 'timestamp';
  return [
    query('by-hour', `How many events of ${name} arrived in each hour (UTC), the latest hour first.`, [
      `SELECT ${PARTITION_NAMES}, count(*) AS events`,
      `FROM ${name}`,
      `WHERE ${HOURS_SQL}`,
      `GROUP BY ${PARTITION_NAMES}`,
      `ORDER BY ${PARTITIONS.map((partition) => `${partition.name} DESC`).join(', ')}`,
    ]),
    query('newest', `The newest events of ${name} by their own time.`, [
      'SELECT *',
      `FROM ${name}`,
      `WHERE ${HOURS_SQL}`,
      `ORDER BY ${time} DESC`,
      'LIMIT 20',
    ]),
    ...(hasTime
      ? [
          query(
            'late',
            `How many whole hours events of ${name} came after their own time, and how many did.`,
            [
              `SELECT date_diff('hour', date_trunc('hour', ${time}), ${ARRIVAL}) AS hours_late, count(*) AS events,`,
              `  min(${time}) AS earliest, max(${time}) AS latest`,
              `FROM ${name}`,
              `WHERE ${HOURS_SQL}`,
              `GROUP BY date_diff('hour', date_trunc('hour', ${time}), ${ARRIVAL})`,
              'ORDER BY hours_late DESC',
            ],
          ),
        ]
      : []),
    query('duplicates', `Events of ${name} that are there more than once, by their identity, ${identity}.`, [
      `SELECT ${identity}, count(*) AS copies`,
      `FROM ${name}`,
      `WHERE ${HOURS_SQL}`,
      `GROUP BY ${identity}`,
      'HAVING count(*) > 1',
      `ORDER BY copies DESC, ${identity}`,
      'LIMIT 100',
    ]),
    query(
      'profile',
      `Each column of ${name}: how many rows have a value, about how many values differ, the least and the greatest.`,
      [...profile(dataset)],
    ),
  ];
}

const HOURS: QueryParameter = {
  name: 'hours',
  type: 'hours',
  description: 'When the events arrived; all of the time unless it is given.',
};

const HOURS_SQL = '/* hours */ true';

const PARTITION_NAMES = PARTITIONS.map(({ name }) => name).join(', ');

const [YEAR, MONTH, DAY, HOUR] = PARTITIONS.map(({ name }) => name);

const ARRIVAL = `date_parse(${YEAR} || '-' || ${MONTH} || '-' || ${DAY} || ' ' || ${HOUR}, '%Y-%m-%d %H')`;

/** A row for each column, in the order of the table. */
function* profile({ name, columns }: Dataset): Generator<string> {
  const entries = Object.entries(columns);
  for (const [index, [column, { type }]] of entries.entries()) {
    // Lists are not compared.
    const isList = type.startsWith('array');
    const bound = (aggregate: string) =>
      isList || type === 'boolean' ? 'CAST(NULL AS varchar)' : `CAST(${aggregate}(${column}) AS varchar)`;
    yield `SELECT ${index + 1} AS position, '${column}' AS column_name, count(*) AS events, count(${column}) AS filled,`;
    yield `  ${isList ? 'CAST(NULL AS bigint)' : `approx_distinct(${column})`} AS about_distinct, ${bound('min')} AS least, ${bound('max')} AS greatest`;
    yield `FROM ${name} WHERE ${HOURS_SQL}`;
    if (index < entries.length - 1) yield 'UNION ALL';
  }
  yield 'ORDER BY position';
}
