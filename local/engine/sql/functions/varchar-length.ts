import type { SqlType } from '../../sql-type.js';
import type { Bindings } from './type-pattern.js';

/** What the length of a varchar is for one that has none, as in Trino. */
const UNBOUNDED = 2_147_483_647;

/** Binds the `x` of `varchar(x)` to an argument; false if the argument is no text, or longer than a length in figures. */
export function bindLength(length: string, type: SqlType, bindings: Bindings): boolean {
  if (type.name !== 'varchar') return false;
  if (/^\d+$/.test(length)) return (type.length ?? UNBOUNDED) <= Number(length);
  bindings.set(length, type);
  return true;
}

/** The type of a text whose length follows from those of the arguments; one that is only NULL has none. */
export function resolveLength(length: string, bindings: ReadonlyMap<string, SqlType>): SqlType {
  const [x, y] = ['x', 'y'].map((name) => {
    const type = bindings.get(name);
    return type?.name === 'varchar' ? (type.length ?? UNBOUNDED) : 0;
  });
  const result = LENGTHS[length]?.(x ?? 0, y ?? 0) ?? Number(length);
  return result >= UNBOUNDED ? { name: 'varchar' } : { name: 'varchar', length: result };
}

/** The lengths that signatures name, as Trino's do. */
const LENGTHS: Readonly<Record<string, (x: number, y: number) => number>> = {
  x: (x) => x,
  y: (_, y) => y,
  'x*12': (x) => x * 12,
  'x+y*(x+1)': (x, y) => x + y * (x + 1),
  'x+max(x*y/2,y)*(x+1)': (x, y) => x + Math.max(Math.trunc((x * y) / 2), y) * (x + 1),
};
