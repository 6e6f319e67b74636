import { PARTITIONS } from '../settings/index.js';

/**
 * The query that shows a table's newest rows with the hour of their arrival as one timestamp, made out of the four
 * partition columns. It names no other column: a new one in the table is none here.
 */
export function arrivalQueryOf(table: string) {
  const [year, month, day, hour] = PARTITIONS.map(({ name }) => name);
  return {
    name: `${table}-by-arrival`,
    description: `The newest rows of ${table}, with the hour of their arrival (UTC) as one timestamp.`,
    sql: [
      `SELECT date_parse(${year} || '-' || ${month} || '-' || ${day} || ' ' || ${hour}, '%Y-%m-%d %H') AS arrival_hour, *`,
      `FROM ${table}`,
      'ORDER BY arrival_hour DESC',
      'LIMIT 100',
    ].join('\n'),
  };
}
