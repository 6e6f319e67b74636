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
    ...profiles(dataset).map(({ what, description, sql }) => query(what, description, sql)),
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

/**
 * Columns of one profile. Each is two stages of the query, of which Trino takes 150; and so the text stays well below the
 * 262,144 bytes that Athena takes, however long the names are.
 * @see https://trino.io/docs/current/admin/properties-query-management.html#query-max-stage-count
 */
const COLUMNS_OF_A_PROFILE = 50;

interface Profile {
  /** `profile`, or of several `profile-1` and so on. */
  readonly what: string;
  readonly description: string;
  readonly sql: readonly string[];
}

/** A row for each column, in the order of the table; in as many queries as it takes. */
function profiles(dataset: Dataset): readonly Profile[] {
  const columns = Object.keys(dataset.columns);
  const count = Math.ceil(columns.length / COLUMNS_OF_A_PROFILE);
  return Array.from({ length: count }, (_, index) => {
    const first = index * COLUMNS_OF_A_PROFILE + 1;
    const some = columns.slice(first - 1, first - 1 + COLUMNS_OF_A_PROFILE);
    const which =
      count === 1
        ? `Each column of ${dataset.name}`
        : `Columns ${first} to ${first + some.length - 1} of the ${columns.length} of ${dataset.name}`;
    return {
      what: count === 1 ? 'profile' : `profile-${index + 1}`,
      description: `${which}: how many rows have a value, about how many values differ, the least and the greatest.`,
      sql: [
        some.map((column, at) => profileOf(dataset, column, first + at)).join('\nUNION ALL\n'),
        'ORDER BY position',
      ],
    };
  });
}

function profileOf({ name, columns }: Dataset, column: string, position: number): string {
  const type = columns[column]?.type ?? '';
  // Lists are not compared.
  const isList = type.startsWith('array');
  const bound = (aggregate: string) =>
    isList || type === 'boolean' ? 'CAST(NULL AS varchar)' : `CAST(${aggregate}(${column}) AS varchar)`;
  return [
    `SELECT ${position} AS position, '${column}' AS column_name, count(*) AS events, count(${column}) AS filled,`,
    `  ${isList ? 'CAST(NULL AS bigint)' : `approx_distinct(${column})`} AS about_distinct, ${bound('min')} AS least, ${bound('max')} AS greatest`,
    `FROM ${name} WHERE ${HOURS_SQL}`,
  ].join('\n');
}
