import { cannotFail } from './cannot-fail.js';
import type { Typed } from './coercion.js';
import { isVolatile } from './nested-values.js';
import type { Expression } from './syntax.js';

type Logical = Expression & { readonly kind: 'logical' };

interface Term {
  readonly sql: string;
  readonly fails: boolean;
  /** The relations that it names, by their aliases. */
  readonly relations: readonly string[];
}

/**
 * A chain of ANDs or ORs. Trino computes its terms from the left, up to one that decides; DuckDB all of them, in any
 * order, so that a term that can fail stands in a CASE behind those before it. What cannot fail stays a term of the chain,
 * by which files are pruned and joins hashed.
 *
 * With `isCondition` it is all of a WHERE or ON. There both engines compute a term of an AND as soon as its relations are
 * read, so that only terms of the same relations stand behind one another.
 */
export function shortCircuit(
  { operator, terms }: Logical,
  typed: readonly Typed[],
  isCondition: boolean,
): string {
  const splits = isCondition && operator === 'AND';
  const all = terms.map((term, i): Term => {
    const sql = typed[i]?.sql ?? '';
    const relations = splits ? relationsOf(sql) : [];
    const isKey = splits && term.kind === 'binary' && term.operator === '=' && relations.length > 1;
    return { sql, relations, fails: i > 0 && !isKey && !cannotFail(term) };
  });
  // The first may fail wherever it stands; it has to be in the CASE only to come before another.
  const parts = all.filter(({ fails }) => !fails).map(({ sql }) => sql);
  const failing = all.filter(({ fails }) => fails);
  for (const group of new Set(failing.map(({ relations }) => relations.join()))) {
    const together = failing.filter(({ relations }) => relations.join() === group);
    parts.push(inTurn(operator, all, together));
  }
  return `(${parts.join(` ${operator} `)})`;
}

/** Terms that can fail, none of which is computed where one before it decides; NULL does not. */
function inTurn(operator: 'AND' | 'OR', all: readonly Term[], together: readonly Term[]): string {
  const [first, last] = [together[0], together.at(-1)];
  if (!first || !last) return String(operator === 'AND');
  const before = all
    .slice(0, all.indexOf(last))
    .filter((term) => term.relations.every((name) => first.relations.includes(name)))
    .filter((term) => !term.fails || together.includes(term))
    // Computed twice it would be two values.
    .filter(({ sql }) => !isVolatile(sql));
  const rest = together.map(({ sql }) => sql).join(` ${operator} `);
  if (before.length === 0) return rest;
  const whens = before.map(({ sql }) =>
    operator === 'AND' ? `WHEN NOT ${sql} THEN false` : `WHEN ${sql} THEN true`,
  );
  return `CASE ${whens.join(' ')} ELSE (${rest}) END`;
}

function relationsOf(sql: string): string[] {
  const names = sql.replace(/'(?:[^']|'')*'/g, '').match(/\br\d+(?=\.)/g) ?? [];
  return [...new Set(names)].sort();
}
