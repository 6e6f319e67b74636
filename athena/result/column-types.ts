import { ColumnTypeError } from '../error/column-type-error.js';
import { parseNestedType } from '../value/nested-type.js';

/** Types of columns by their names, told whole: `{ tags: 'array(bigint)' }`. Names match without case. */
export type ColumnTypes = Readonly<Record<string, string>>;

/** @throws ColumnTypeError where one is no type as Trino or Hive writes it. */
export function checkTypes(types: ColumnTypes): void {
  for (const [name, type] of Object.entries(types))
    if (type !== undefined && !parseNestedType(type))
      throw new ColumnTypeError(name, `cannot be read: "${type}"; it must be one such as array(bigint)`);
}

/**
 * The types that were told of columns, in their order; undefined where nothing was. A name in the column's own case
 * goes before others.
 *
 * @throws ColumnTypeError where one was told of a column that is not there.
 */
export function typesOf(names: readonly string[], types: ColumnTypes): readonly (string | undefined)[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const told = Object.entries(types);
  for (const [name] of told)
    if (!known.has(name.toLowerCase()))
      throw new ColumnTypeError(
        name,
        `is of none in the result, which has ${names.join(', ') || 'no columns'}`,
      );
  const byName = new Map(told.map(([name, type]) => [name.toLowerCase(), type]));
  return names.map((name) => (Object.hasOwn(types, name) ? types[name] : byName.get(name.toLowerCase())));
}
