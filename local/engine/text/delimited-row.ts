import { type EngineColumn, QueryFault } from '../engine.js';
import { parseHiveType } from '../hive-type.js';
import { deserializerRules } from '../json/deserializer-rules.js';
import { scalarText } from '../json/scalar-text.js';
import type { SqlType } from '../sql-type.js';
import type { TextFormat } from './text-format.js';

type Delimited = Exclude<TextFormat, { kind: 'json' }>;

/**
 * Makes JSON of a line of fields, by the columns' types. A field that is missing is null; one too many is left out.
 * @param onFault told of a value that its column, named in lower case, cannot hold, and which becomes a null.
 */
export function rowReader(
  format: Delimited,
  columns: readonly EngineColumn[],
  onFault: (column: string, fault: QueryFault) => void,
): (line: string) => string {
  const typed = columns.map(({ name, type }) => ({ name: JSON.stringify(name), type: parseHiveType(type) }));
  return (line) => {
    const fields = format.kind === 'csv' ? quotedFields(line, format) : plainFields(line, format);
    const textOf = (type: SqlType, i: number): string | null => {
      const field = fields[i];
      if (field === undefined || field === null) return null;
      if (format.kind === 'delimited') return lenientValue(field, type);
      const value = strictValue(field, type);
      if (value === undefined) onFault(columns[i]?.name.toLowerCase() ?? '', misfit(field, i));
      return value ?? null;
    };
    const members = typed.map(({ name, type }, i) => `${name}:${JSON.stringify(textOf(type, i))}`);
    return `{${members.join(',')}}`;
  };
}

/** Fields of Hive's LazySimpleSerDe: what the escape stands before is no separator. */
function plainFields(line: string, format: Delimited & { kind: 'delimited' }): (string | null)[] {
  const { separator, escape: escapeBy, nullText } = format;
  if (escapeBy === undefined)
    return line.split(separator).map((field) => (field === nullText ? null : field));
  const fields: (string | null)[] = [];
  let raw = '';
  let text = '';
  const push = () => {
    fields.push(raw === nullText ? null : text);
    raw = '';
    text = '';
  };
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (c === separator) push();
    else if (c === escapeBy && i + 1 < line.length) {
      const next = line.charAt(++i);
      raw += c + next;
      text += next === 'n' ? '\n' : next === 'r' ? '\r' : next;
    } else {
      raw += c;
      text += c;
    }
  }
  push();
  return fields;
}

/** Fields of OpenCSVSerde, of which each may stand in quotes, and in which the quote is escaped or doubled. */
function quotedFields(
  line: string,
  { separator, quote, escape: escapeBy }: Delimited & { kind: 'csv' },
): string[] {
  const fields: string[] = [];
  let text = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    const next = line.charAt(i + 1);
    if (c === escapeBy && escapeBy !== quote && isQuoted && (next === quote || next === escapeBy)) {
      text += next;
      i++;
    } else if (c === quote && isQuoted && next === quote) {
      text += quote;
      i++;
    } else if (c === quote) isQuoted = !isQuoted;
    else if (c === separator && !isQuoted) {
      fields.push(text);
      text = '';
    } else text += c;
  }
  return [...fields, text];
}

/** Numbers and booleans are read from text. */
const RULES = deserializerRules({
  kind: 'openx',
  isCaseInsensitive: true,
  dotsToUnderscores: false,
  namesByColumn: {},
});

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'];

/** What does not fit a type is null. */
function lenientValue(text: string, type: SqlType): string | null {
  if (type.name === 'varchar')
    return type.length === undefined ? text : [...text].slice(0, type.length).join('');
  if (INTEGERS.includes(type.name) && !/^[+-]?\d+$/.test(text)) return null;
  if (type.name === 'timestamp' && !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$/.test(text)) return null;
  return scalarText(type, { kind: 'string', text: text.replace(/^\+/, '') }, RULES) ?? null;
}

/**
 * Numbers are parsed, dates are days and timestamps milliseconds since 1970; nothing for what does not fit.
 * @see https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
 */
function strictValue(text: string, type: SqlType): string | undefined {
  if (type.name === 'varchar') return text;
  const value = scalarText(timeless(type), { kind: 'string', text }, RULES);
  if (value === undefined || (type.name !== 'date' && type.name !== 'timestamp')) return value;
  const time = new Date(Number(value) * (type.name === 'date' ? 86_400_000 : 1));
  if (Number.isNaN(time.getTime())) return undefined;
  const iso = time.toISOString();
  return type.name === 'date' ? iso.slice(0, iso.indexOf('T')) : iso.replace('T', ' ').replace('Z', '');
}

function misfit(text: string, field: number): QueryFault {
  return new QueryFault(
    'HIVE_BAD_DATA',
    `Error parsing field value '${text}' for field ${field}: For input string: "${text}"`,
  );
}

const timeless = (type: SqlType): SqlType =>
  type.name === 'date' || type.name === 'timestamp' ? { name: 'bigint' } : type;
