import type { Dataset } from '../../datasets/index.js';
import { InvalidStatementError } from '../sql/invalid-statement-error.js';
import { type Sql, sql, verbatim } from '../sql/sql.js';
import { date } from '../sql/typed-value.js';
import { arrivedBetween } from './hours.js';

/** How far the time of an event and that of its arrival may lie apart, in milliseconds. */
export interface Slack {
  /** How much earlier than its own time an event may have arrived: clocks that are fast. @default 5 minutes */
  readonly early?: number;
  /** How much later: events that were held back, and what Firehose buffers. @default 1 hour */
  readonly late?: number;
}

/**
 * The condition that is true of a dataset's events in a range of their own time. It names the folders in which they can
 * have arrived, so that no other is read, and the time itself. An event that came later than the slack allows is not
 * found.
 *
 * @example
 * sql`SELECT count(*) FROM customers WHERE ${happenedBetween(customers, from, to, { late: 24 * 3_600_000 })}`
 *
 * @param from included.
 * @param to not included.
 * @throws RangeError where the range holds nothing.
 * @throws InvalidStatementError where the dataset's time is kept in a column that is no time.
 */
export function happenedBetween(
  { name, time, columns }: Pick<Dataset, 'name' | 'time' | 'columns'>,
  from: Date,
  to: Date,
  { early = 5 * MINUTE, late = 60 * MINUTE }: Slack = {},
): Sql {
  if (!(from.getTime() < to.getTime())) throw new RangeError('The range of time holds nothing.');
  const folders = arrivedBetween(new Date(from.getTime() - early), new Date(to.getTime() + late));
  const column = verbatim(time);
  switch (columns[time]?.type) {
    case 'timestamp':
      return sql`(${folders} AND ${column} >= ${from} AND ${column} < ${to})`;
    case 'date':
      // A day belongs to the range where any of it does.
      return sql`(${folders} AND ${column} BETWEEN ${date(from)} AND ${date(new Date(to.getTime() - 1))})`;
    default:
      throw new InvalidStatementError(`"${time}", the time of ${name}, is a column of no time`);
  }
}

/** Milliseconds. */
const MINUTE = 60_000;
