import type { OutputColumn } from './analysis.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { ordinalColumn } from './analyze-query.js';
import type { Typed } from './coercion.js';
import { refuseMaps } from './nested-comparison.js';
import type { Expression, GroupBy, GroupingElement } from './syntax.js';

/** What stands behind GROUP BY. */
export function analyzeGroupBy(
  { distinct, elements }: GroupBy,
  items: readonly (OutputColumn & Typed)[],
  place: Place,
): string {
  const key = (expression: Expression) => {
    const { sql, type } = ordinalColumn(expression, items) ?? analyzeExpression(expression, place);
    refuseMaps('GROUP BY', type, expression.at);
    return sql;
  };
  if (distinct && elements.some(({ kind }) => kind !== 'by')) {
    const sets = distinctSets(elements, key).map((keys) => `(${keys.join(', ')})`);
    return `GROUPING SETS (${sets.join(', ')})`;
  }
  const set = (keys: readonly Expression[]) => `(${keys.map(key).join(', ')})`;
  return elements
    .map((element) => {
      if (element.kind === 'by') return `(${key(element.value)})`;
      // ROLLUP and CUBE of nothing.
      if (element.sets.length === 0) return 'GROUPING SETS (())';
      const name = element.kind === 'sets' ? 'GROUPING SETS' : element.kind.toUpperCase();
      return `${name} (${element.sets.map(set).join(', ')})`;
    })
    .join(', ');
}

/** The grouping sets that the elements make together, each once. */
function distinctSets(
  elements: readonly GroupingElement[],
  key: (expression: Expression) => string,
): readonly (readonly string[])[] {
  let sets: readonly (readonly string[])[] = [[]];
  for (const element of elements)
    sets = sets.flatMap((before) => setsOf(element, key).map((keys) => [...before, ...keys]));
  const found = new Map<string, readonly string[]>();
  for (const keys of sets) {
    const once = [...new Set(keys)].sort();
    found.set(once.join(), once);
  }
  return [...found.values()];
}

function setsOf(
  element: GroupingElement,
  key: (expression: Expression) => string,
): readonly (readonly string[])[] {
  if (element.kind === 'by') {
    const { value } = element;
    return [value.kind === 'row' ? value.items.map(key) : [key(value)]];
  }
  const sets = element.sets.map((keys) => keys.map(key));
  if (element.kind === 'sets') return sets;
  if (element.kind === 'rollup')
    return [sets, ...sets.map((_, i) => sets.slice(0, sets.length - 1 - i))].map((some) => some.flat());
  let subsets: readonly (readonly string[])[] = [[]];
  for (const keys of sets) subsets = subsets.flatMap((subset) => [[...subset, ...keys], subset]);
  return subsets;
}
