import { QueryFault } from '../engine/engine.js';
import { dateProjection } from './date-projection.js';

/** The values that a partition column takes, as a table's `projection.<column>.…` parameters have it. */
export type ColumnProjection = (value: string) => boolean;

/**
 * Reads a table's partition projection: for each of its partition columns whether a value lies within it. Undefined
 * where projection is not enabled.
 * @throws QueryFault where the parameters are not ones that Athena, or local AWS, can use.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projectionOf(
  parameters: Readonly<Record<string, string>>,
  columns: readonly string[],
  now: number,
): readonly ColumnProjection[] | undefined {
  // Keys are found whatever their case is.
  const lower = new Map(Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]));
  if (lower.get('projection.enabled')?.toLowerCase() !== 'true') return undefined;
  return columns.map((column) => {
    const get = (property: string) => lower.get(`projection.${column.toLowerCase()}.${property}`);
    const type = get('type')?.toLowerCase();
    if (type === 'integer') return integerProjection(column, get);
    if (type === 'enum') return enumProjection(column, get('values'));
    if (type === 'date') return dateProjection(column, get, now);
    // Any value, as long as the statement names it.
    if (type === 'injected') return () => true;
    if (type === undefined) throw invalid(`column '${column}' has no projection.${column}.type`);
    throw invalid(`column '${column}' has the unknown projection.${column}.type "${type}"`);
  });
}

/** The columns of which a statement has to name the values. */
export function injectedColumns(
  parameters: Readonly<Record<string, string>>,
  columns: readonly string[],
): string[] {
  const lower = new Map(
    Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]),
  );
  if (lower.get('projection.enabled') !== 'true') return [];
  return columns.filter((column) => lower.get(`projection.${column.toLowerCase()}.type`) === 'injected');
}

function integerProjection(column: string, get: (property: string) => string | undefined): ColumnProjection {
  const [from, to] = (get('range') ?? '')
    .split(',')
    .map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const [digits, interval] = [Number(get('digits') ?? 0), Number(get('interval') ?? 1)];
  if (
    from === undefined ||
    to === undefined ||
    !Number.isInteger(from) ||
    !Number.isInteger(to) ||
    from > to
  ) {
    throw invalid(`projection.${column}.range is "${get('range') ?? ''}" and not two integers`);
  }
  if (!Number.isInteger(digits) || !Number.isInteger(interval) || interval < 1) {
    throw invalid(`projection.${column}.digits and .interval have to be whole numbers`);
  }
  return (value) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || number < from || number > to || (number - from) % interval !== 0)
      return false;
    // Athena looks for the one folder that it would write the number as.
    return value === String(number).padStart(digits, '0');
  };
}

function enumProjection(column: string, values: string | undefined): ColumnProjection {
  if (values === undefined) throw invalid(`column '${column}' has no projection.${column}.values`);
  const known = new Set(values.split(',').map((value) => value.trim()));
  return (value) => known.has(value);
}

const invalid = (problem: string) =>
  new QueryFault('INVALID_TABLE_PROPERTY', `Partition projection: ${problem}.`);
