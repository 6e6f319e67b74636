import { commonType, type Typed } from '../coercion.js';
import { isTime, roundedTime, timeOf, timeUnit } from '../times.js';
import type { CallSite } from './call-site.js';

/** date_trunc, date_add and date_diff of times of day; nothing where the arguments are none. */
export function ofTime(call: CallSite): Typed | undefined {
  const [second, third] = [call.value(1), call.value(2)];
  const of = call.name === 'date_add' ? third : second;
  if (!of || !isTime(of.type)) return undefined;
  const unit = timeUnit(call.literal(0), call.at);
  const time = `epoch_us(${of.sql})`;
  if (call.name === 'date_trunc' && call.args.length === 2)
    return { sql: timeOf(`${time} // ${unit} * ${unit}`), type: of.type };
  if (call.name === 'date_add' && call.args.length === 3) {
    const amount = call.as(1, { name: 'bigint' }).sql;
    return roundedTime(timeOf(`${time} + ${amount} % ${86_400_000_000 / unit} * ${unit}`), of.type);
  }
  const other = call.name === 'date_diff' ? third : undefined;
  if (!other || !commonType(of.type, other.type) || call.args.length !== 3) throw call.unexpected();
  return { sql: `trino_quotient(epoch_us(${other.sql}) - ${time}, ${unit})`, type: { name: 'bigint' } };
}
