/**
 * How a table's data is laid out: folders by the hour of arrival, in UTC, named as Hive names partitions. Firehose's
 * prefix, the table's projection and the predicates of queries all follow from this list.
 */
export const PARTITIONS = [
  {
    name: 'year',
    digits: 4,
    from: undefined,
    to: undefined,
    format: 'yyyy',
    comment: 'Year of arrival, UTC.',
  },
  { name: 'month', digits: 2, from: 1, to: 12, format: 'MM', comment: 'Month of arrival, 01 to 12, UTC.' },
  { name: 'day', digits: 2, from: 1, to: 31, format: 'dd', comment: 'Day of arrival, 01 to 31, UTC.' },
  { name: 'hour', digits: 2, from: 0, to: 23, format: 'HH', comment: 'Hour of arrival, 00 to 23, UTC.' },
] as const;
