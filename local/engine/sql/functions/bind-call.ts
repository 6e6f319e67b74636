import { typeText } from '../../sql-type.js';
import { coerce, coercible, sameType, type Typed } from '../coercion.js';
import { boundAll, isPlain } from '../nested-values.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import { localTime } from '../time-zones.js';
import { type CallSite, isLambda } from './call-site.js';
import type { Signature } from './signature.js';
import {
  type Bindings,
  bindVariables,
  isVariable,
  patternText,
  resolvePattern,
  type TypePattern,
} from './type-pattern.js';

/**
 * The call as DuckDB has to make it. A signature whose types are the arguments' own goes before one that needs
 * coercions.
 * @throws SqlFault if the arguments suit no signature.
 */
export function bindCall(
  choices: readonly Signature[],
  call: CallSite,
  clauses: Clauses = NO_CLAUSES,
): Typed {
  for (const exact of [true, false]) {
    for (const signature of choices) {
      const found = bind(signature, call, exact, clauses);
      if (found && signature.sql === 'refuse') throw notSupported(`${call.name}(${call.types()})`, call.at);
      if (found) return found;
    }
  }
  const expected = choices.map(
    (choice) =>
      `${call.name}(${choice.parameters.map(patternText).join(', ')}${choice.variadic ? '...' : ''})`,
  );
  const message = `Unexpected parameters (${call.types()}) for function ${call.name}. Expected: ${expected.join(', ')}`;
  throw new SqlFault('FUNCTION_NOT_FOUND', message, call.at);
}

/** DISTINCT; ORDER BY and IGNORE NULLS; FILTER, or its condition with AND where the function has one too; OVER. */
export type Clauses = Readonly<Record<'D' | 'O' | 'F' | 'A' | 'V', string>>;

const NO_CLAUSES: Clauses = { D: '', O: '', F: '', A: '', V: '' };

function bind(signature: Signature, call: CallSite, exact: boolean, clauses: Clauses): Typed | undefined {
  const { parameters, variadic } = signature;
  const { args } = call;
  if (variadic ? args.length < parameters.length : args.length !== parameters.length) return undefined;
  const patterns = args.map((_, i) => parameters[Math.min(i, parameters.length - 1)] ?? NO_PATTERN);
  const bindings: Bindings = new Map();
  for (const [i, arg] of args.entries()) {
    const pattern = patterns[i] ?? NO_PATTERN;
    if (isLambda(arg) !== (pattern.name === 'function')) return undefined;
    if (!isLambda(arg) && !bindVariables(pattern, arg.type, bindings)) return undefined;
  }
  const values: Typed[] = [];
  for (const [i, arg] of args.entries()) {
    const pattern = patterns[i] ?? NO_PATTERN;
    const value = isLambda(arg)
      ? bindLambda(call, i, pattern, bindings)
      : suited(arg, pattern, bindings, exact);
    if (!value) return undefined;
    values.push(value);
  }
  return { sql: filled(signature.sql, values, clauses), type: resolvePattern(signature.result, bindings) };
}

const NO_PATTERN: TypePattern = { name: '', arguments: [] };

function suited(arg: Typed, pattern: TypePattern, bindings: Bindings, exact: boolean): Typed | undefined {
  const type = resolvePattern(pattern, bindings);
  const fits = exact
    ? isVariable(pattern) || typeText(type) === typeText(arg.type)
    : coercible(arg.type, type);
  // A zone is no part of a signature's type and stays the argument's.
  return fits ? (sameType(arg.type, type) ? arg : coerce(arg, type)) : undefined;
}

function bindLambda(
  call: CallSite,
  index: number,
  pattern: TypePattern,
  bindings: Bindings,
): Typed | undefined {
  const arg = call.args[index];
  if (!arg || !isLambda(arg)) return undefined;
  const types = pattern.arguments.slice(0, -1).map((parameter) => resolvePattern(parameter, bindings));
  const result = pattern.arguments.at(-1) ?? NO_PATTERN;
  const { type, body, parameters } = call.lambda(arg, types);
  if (!bindVariables(result, type, bindings)) return undefined;
  const wanted = resolvePattern(result, bindings);
  if (!coercible(type, wanted)) return undefined;
  return { sql: `lambda ${parameters.join(', ')}: ${coerce({ sql: body, type }, wanted).sql}`, type: wanted };
}

/**
 * The template with the arguments in it, in one pass, as what is put in may hold any character; what is written more
 * than once, by the template or by a macro, is computed once. Not so an aggregate's, which have to stand within it.
 */
function filled(template: string, values: readonly Typed[], clauses: Clauses): string {
  const places = [...template.matchAll(/[$@](\d+|[*|])/g)].map(([, which]) => which);
  const isRepeated = (index: number) =>
    /\btrino_/.test(template) ||
    places.filter((which) => which === String(index + 1) || which === '*' || which === '|').length > 1;
  if (
    clauses === NO_CLAUSES &&
    values.some((value, i) => !isLambdaText(value) && !isPlain(value.sql) && isRepeated(i))
  ) {
    const operands = values.filter((value) => !isLambdaText(value));
    return boundAll(
      operands.map(({ sql }) => sql),
      (names) => {
        const named = operands.map(({ type }, i) => ({ sql: names[i] ?? '', type }));
        const all = values.map((value) =>
          isLambdaText(value) ? value : (named[operands.indexOf(value)] ?? value),
        );
        return replaced(template, all, clauses);
      },
    );
  }
  return replaced(template, values, clauses);
}

function isLambdaText({ sql }: Typed): boolean {
  return sql.startsWith('lambda ');
}

function replaced(template: string, values: readonly Typed[], clauses: Clauses): string {
  return template.replace(PLACES, (_, kind: string, which: string) => {
    if (kind === '#') return clauses[which as keyof Clauses];
    if (which === '*') return values.map(({ sql }) => sql).join(', ');
    if (which === '|') return values.map(({ sql }) => sql).join(' || ');
    const value = values[Number(which) - 1];
    if (!value) return '';
    return kind === '@' ? localTime(value) : value.sql;
  });
}

const PLACES = /([$@](?=\d|[*|])|#(?=[DOFAV]))(\d+|[*|]|[DOFAV])/g;
