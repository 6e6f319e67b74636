import { type SqlType, typeText } from '../sql-type.js';
import { commonType, type Typed } from './coercion.js';
import { SqlFault } from './sql-fault.js';

/** The type that all the values are coerced to. @throws SqlFault if there is none. */
export function resultType(values: readonly Typed[], message: string, at: number): SqlType {
  let type: SqlType = { name: 'unknown' };
  for (const value of values) {
    const common = commonType(type, value.type);
    if (!common) throw new SqlFault('TYPE_MISMATCH', `${message}: ${typeText(type)}`, at);
    type = common;
  }
  return type;
}
