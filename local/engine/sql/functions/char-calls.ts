import { isChar } from '../chars.js';
import type { Typed } from '../coercion.js';
import { CallSite } from './call-site.js';

/** Functions of texts that Trino has for char(n) too, which it coerces to no varchar; those that give char(n) again. */
const FUNCTIONS = new Set('length lower upper substr substring trim ltrim rtrim'.split(' '));
const GIVE_CHAR = new Set(['lower', 'upper']);
const TRIMS = new Set(['trim', 'ltrim', 'rtrim']);

/** A call for a char(n), made of that for varchar: trim and its like see it without the spaces at its end. */
export function bindChars(call: CallSite, bind: (call: CallSite) => Typed): Typed {
  if (!FUNCTIONS.has(call.name)) return bind(call);
  const trims = TRIMS.has(call.name);
  const args = call.args.map((arg, i) => {
    if (!('sql' in arg) || !isChar(arg.type) || (i > 0 && !trims)) return arg;
    const sql = trims && i === 0 ? `rtrim(${arg.sql}, ' ')` : arg.sql;
    return { sql, type: { name: 'varchar', length: arg.type.length } } satisfies Typed;
  });
  const bound = bind(new CallSite(call.name, call.at, args, call.written, call.lambda));
  const type = call.value(0)?.type;
  if (!type || !isChar(type)) return bound;
  if (GIVE_CHAR.has(call.name)) return { sql: bound.sql, type };
  return trims && call.name !== 'ltrim' ? { ...bound, sql: `rtrim(${bound.sql}, ' ')` } : bound;
}
