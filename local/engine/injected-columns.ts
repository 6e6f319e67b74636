import type { EngineTable } from './engine.js';
import { SqlFault } from './sql/sql-fault.js';
import type { Expression, Query } from './sql/syntax.js';

/**
 * Looks that the values of injected partition columns are named: Athena has to know them before it can list a folder.
 * A condition anywhere in the statement counts, as it might reach the table.
 * @throws SqlFault where they are not.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-dynamic-id-partitioning.html
 */
export function checkInjected(tables: readonly EngineTable[], queries: readonly Query[]): void {
  const injected = tables.flatMap((table) => table.injected ?? []);
  if (injected.length === 0) return;
  const named = new Set([...conditions(queries)].flatMap((condition) => namedColumn(condition) ?? []));
  const missing = injected.find((column) => !named.has(column.toLowerCase()));
  if (missing === undefined) return;
  const message = `For the injected projected partition column ${missing}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`;
  throw new SqlFault('CONSTRAINT_VIOLATION', message);
}

/** Every condition that a statement has in a WHERE or ON, however deep; of those that AND joins each. */
function* conditions(node: unknown): Generator<Expression> {
  if (Array.isArray(node)) {
    for (const item of node) yield* conditions(item);
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if ((key === 'where' || key === 'on') && value) yield* terms(value as Expression);
      yield* conditions(value);
    }
  }
}

function* terms(condition: Expression): Generator<Expression> {
  if (condition.kind === 'logical' && condition.operator === 'AND') {
    for (const term of condition.terms) yield* terms(term);
  } else yield condition;
}

/** The column of which a condition names the value or values. */
function namedColumn(condition: Expression): string | undefined {
  if (condition.kind === 'inList') {
    return condition.items.every(isFixed) ? nameOf(condition.value) : undefined;
  }
  if (condition.kind !== 'binary' || condition.operator !== '=') return undefined;
  const { left, right } = condition;
  if (isFixed(right)) return nameOf(left);
  return isFixed(left) ? nameOf(right) : undefined;
}

const nameOf = (value: Expression) => (value.kind === 'name' ? value.parts.at(-1)?.name : undefined);

const isFixed = ({ kind }: Expression) => kind === 'literal' || kind === 'typedLiteral';
