import { type SqlType, typeText } from '../sql-type.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { isInteger, isNumeric, type Typed } from './coercion.js';
import { isInterval } from './intervals.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Frame, FrameDistance, SortItem, Window } from './syntax.js';

type WindowFrame = NonNullable<Window['frame']>;

/** The frame of a window that is ordered by these; Trino's analyser takes fewer than DuckDB's. */
export function frameOf(frame: WindowFrame, orderBy: readonly SortItem[], place: Place): string {
  const { unit, start, end } = frame;
  checkBounds(start, end ?? 'CURRENT ROW');
  const distances = [start, end].filter((bound) => bound !== undefined && typeof bound !== 'string');
  const [first] = distances;
  const at = first?.distance.at;
  if ((unit === 'GROUPS' || (unit === 'RANGE' && first)) && orderBy.length === 0)
    throw new SqlFault('MISSING_ORDER_BY', `Window frame of type ${unit} requires ORDER BY`, at);
  const [key, another] = orderBy;
  if (unit === 'RANGE' && first && another)
    throw new SqlFault(
      'INVALID_ORDER_BY',
      'Window frame of type RANGE with a value requires single sort item in ORDER BY',
      at,
    );
  const sorted = unit === 'RANGE' && first && key ? analyzeExpression(key.value, place).type : undefined;
  const [from, to] = [start, end].map((bound) => {
    if (bound === undefined || typeof bound === 'string') return bound;
    return `${distance(unit, bound, sorted, place)} ${bound.side}`;
  });
  return to ? `${unit} BETWEEN ${from} AND ${to}` : `${unit} ${from}`;
}

function checkBounds(start: Frame, end: Frame): void {
  const [from, to] = [start, end].map((bound) => (typeof bound === 'string' ? bound : bound.side));
  const wrong = (message: string) =>
    new SqlFault('INVALID_WINDOW_FRAME', `Window frame ${message}`, atOf(start) ?? atOf(end));
  if (from === 'UNBOUNDED FOLLOWING') throw wrong('start cannot be UNBOUNDED FOLLOWING');
  if (to === 'UNBOUNDED PRECEDING') throw wrong('end cannot be UNBOUNDED PRECEDING');
  if (from === 'CURRENT ROW' && to === 'PRECEDING')
    throw wrong('starting from CURRENT ROW cannot end with PRECEDING');
  if (from === 'FOLLOWING' && to === 'PRECEDING')
    throw wrong('starting from FOLLOWING cannot end with PRECEDING');
  if (from === 'FOLLOWING' && to === 'CURRENT ROW')
    throw wrong('starting from FOLLOWING cannot end with CURRENT ROW');
}

function atOf(bound: Frame): number | undefined {
  return typeof bound === 'string' ? undefined : bound.distance.at;
}

function distance(
  unit: WindowFrame['unit'],
  bound: FrameDistance,
  sorted: SqlType | undefined,
  place: Place,
): string {
  const { at } = bound.distance;
  const value = analyzeExpression(bound.distance, place);
  const { sql, type } = value;
  if (unit !== 'RANGE') {
    if (!isInteger(type) && !(type.name === 'decimal' && type.scale === 0)) {
      const message = `Window frame ${unit} value type must be exact numeric type with scale 0 (actual ${typeText(type)})`;
      throw new SqlFault('TYPE_MISMATCH', message, at);
    }
    const rows = type.name === 'decimal' ? `CAST(least(${sql}, 9223372036854775807) AS BIGINT)` : sql;
    return `trino_frame_offset(${rows})`;
  }
  if (sorted?.name === 'time') throw notSupported('A RANGE of time', at);
  if (!sorted || !suits(sorted, value)) {
    const message = `Window frame RANGE value type (${typeText(type)}) not compatible with sort item type (${sorted && typeText(sorted)})`;
    throw new SqlFault('TYPE_MISMATCH', message, at);
  }
  const offset = `trino_frame_offset(${sql})`;
  if (!isInterval(type) || isInterval(sorted)) return offset;
  return type.name === 'interval year to month'
    ? `to_months(${offset})`
    : `to_microseconds(${offset} * 1000)`;
}

function suits(sorted: SqlType, { type }: Typed): boolean {
  if (isNumeric(sorted)) return isNumeric(type);
  if (isInterval(sorted)) return sorted.name === type.name;
  return ['date', 'timestamp', 'timestamp with time zone'].includes(sorted.name) && isInterval(type);
}

export const FRAME_MACRO = `CREATE MACRO trino_frame_offset(n) AS CASE WHEN n >= 0 THEN n
  ELSE trino_fail('INVALID_WINDOW_FRAME: Window frame offset value must not be negative or null') END`;
