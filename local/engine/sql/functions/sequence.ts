import { duckType, type SqlType } from '../../sql-type.js';
import { coerce, commonType, isInteger, type Typed } from '../coercion.js';
import { boundAll } from '../nested-values.js';
import { instantOf, localTime, zoneOf } from '../time-zones.js';
import type { CallSite } from './call-site.js';

/** An array from a number, date or timestamp to another, both in it if a whole number of steps lies between. */
export function sequence(call: CallSite): Typed {
  const [start, stop] = [call.value(0), call.value(1)];
  const common = start && stop && commonType(start.type, stop.type);
  if (!start || !stop || !common || call.args.length > 3) throw call.unexpected();
  const element: SqlType = isInteger(common) ? { name: 'bigint' } : common;
  const step = isInteger(common) && call.args.length === 3 ? call.as(2, element) : call.value(2);
  const [first, last] = [coerce(start, element), coerce(stop, element)];
  const given = [first.sql, last.sql, ...(step ? [step.sql] : [])];
  const sql = boundAll(given, ([a = '', b = '', by = '']) =>
    sequenceOf({ ...first, sql: a }, { ...last, sql: b }, step && { ...step, sql: by }, call),
  );
  return { sql, type: { name: 'array', element } };
}

function sequenceOf(a: Typed, b: Typed, step: Typed | undefined, call: CallSite): string {
  const { type } = a;
  if (isInteger(type)) {
    const by = step?.sql ?? `CASE WHEN ${a.sql} <= ${b.sql} THEN 1 ELSE -1 END`;
    return steps(a.sql, b.sql, by, (k) => k);
  }
  if (type.name !== 'date' && !type.name.startsWith('timestamp')) throw call.unexpected();
  const millis = ({ sql }: Typed) => `epoch_ms(CAST(${sql} AS TIMESTAMP))`;
  const back = (local: string) =>
    type.name === 'timestamp with time zone'
      ? instantOf(local, zoneOf(type))
      : `CAST(${local} AS ${duckType(type)})`;
  if (step?.type.name === 'interval year to month') {
    const months = ({ sql }: Typed) => `(year(${sql}) * 12 + month(${sql}))`;
    const by = step.sql;
    // Of the months from the first to the last one may lie beyond the end by its day.
    const list = steps('0', `${months(b)} - ${months(a)}`, by, (k) =>
      back(`(CAST(${localTime(a)} AS TIMESTAMP) + to_months(CAST(${k} AS INTEGER)))`),
    );
    return `list_filter(${list}, lambda w: CASE WHEN ${by} > 0 THEN w <= ${b.sql} ELSE w >= ${b.sql} END)`;
  }
  if (step && step.type.name !== 'interval day to second') throw call.unexpected();
  const day = `CASE WHEN ${millis(a)} <= ${millis(b)} THEN 86400000 ELSE -86400000 END`;
  if (!step && type.name !== 'date') throw call.unexpected();
  const instant = type.name === 'timestamp with time zone' ? 'TIMESTAMPTZ' : duckType(type);
  return steps(
    millis(a),
    millis(b),
    step ? (type.name === 'date' ? `trino_day_step(${step.sql})` : step.sql) : day,
    (k) => `CAST(make_timestamp_ms(${k}) AS ${instant})`,
  );
}

const MOST = 10_000;

function steps(start: string, stop: string, step: string, item: (k: string) => string): string {
  // Of constants DuckDB computes what its CASE does not choose too.
  const count = `CAST(least((CAST(${stop} AS HUGEINT) - ${start}) // ${step} + 1, ${MOST}) AS BIGINT)`;
  const made = `list_transform(range(0, ${count}), lambda k: ${item(`CAST(CAST(${start} AS HUGEINT) + CAST(k AS HUGEINT) * ${step} AS BIGINT)`)})`;
  return `CASE WHEN trino_is_sequence(${start}, ${stop}, ${step}) THEN ${made} END`;
}

export const SEQUENCE_MACROS = [
  `CREATE MACRO trino_day_step(step) AS CASE WHEN step % 86400000 = 0 THEN step
  ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: sequence step must be a day interval if start and end values are dates') END`,
  // True, or NULL where an end is; else an error.
  `CREATE MACRO trino_is_sequence(low, high, step) AS CASE
  WHEN step = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: step must not be zero')
  WHEN (high < low AND step > 0) OR (high > low AND step < 0)
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start')
  WHEN abs(CAST(high AS HUGEINT) - low) // abs(CAST(step AS HUGEINT)) >= ${MOST}
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than ${MOST} entries')
  WHEN low IS NOT NULL AND high IS NOT NULL AND step IS NOT NULL THEN true END`,
];
