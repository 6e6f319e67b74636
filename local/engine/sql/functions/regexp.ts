import { quoteText, type SqlType } from '../../sql-type.js';
import type { Typed } from '../coercion.js';
import { noGroup } from '../natives/regexp-natives.js';
import { boundAll, isPlain } from '../nested-values.js';
import { notSupported } from '../sql-fault.js';

import { CallSite, type FunctionGroup, isLambda, type SpecialFunction } from './call-site.js';
import { replaced, replacedByLambda } from './regexp-replace.js';
import { matchesOf, partsOf, searchOf, type TextSearch } from './regexp-search.js';

/** By RE2, which has no look-around and no back-references: such a pattern is refused. */
export const REGEXP_FUNCTIONS: FunctionGroup = {
  title: 'Regular expressions',
  specials: {
    regexp_like: taking(2, 2, (call) => {
      const { text, pattern } = searchOf(call, 'any');
      return { sql: `regexp_matches(${text}, ${pattern})`, type: { name: 'boolean' } };
    }),
    regexp_extract: taking(2, 3, extracted),
    regexp_extract_all: taking(2, 3, extractedAll),
    regexp_count: taking(2, 2, (call) => {
      return { sql: `len(${matchesOf(searchOf(call, 'matches'))})`, type: { name: 'bigint' } };
    }),
    regexp_split: taking(2, 2, (call) => {
      const search = searchOf(call, 'parts');
      return { sql: partsOf(search), type: { name: 'array', element: search.found } };
    }),
    regexp_position: taking(2, 4, position),
    regexp_replace: taking(2, 3, (call) => {
      const third = call.args[2];
      return third && isLambda(third) ? replacedByLambda(call, third) : replaced(call);
    }),
  },
};

/** The function for so many arguments; the text, which its SQL names more than once, is one value in all of it. */
function taking(least: number, most: number, run: (call: CallSite) => Typed): SpecialFunction {
  return (call) => {
    if (call.args.length < least || call.args.length > most) throw call.unexpected();
    const text = call.value(0);
    if (!text || isPlain(text.sql)) return run(call);
    const { name, at, args, written, lambda } = call;
    const operands = args.filter((arg) => !isLambda(arg));
    let { type } = text;
    const sql = boundAll(
      operands.map((operand) => operand.sql),
      (names) => {
        const named = args.map((arg) =>
          isLambda(arg) ? arg : { ...arg, sql: names[operands.indexOf(arg)] ?? '' },
        );
        const made = run(new CallSite(name, at, named, written, lambda));
        type = made.type;
        return made.sql;
      },
    );
    return { sql, type };
  };
}

function extracted(call: CallSite): Typed {
  const search = searchOf(call, 'first');
  const { text, pattern, found: type } = search;
  // DuckDB gives '' for a group that took no part in the match, but not in a list.
  const value = (index: number) =>
    search.known?.groups[index]?.certain
      ? `regexp_extract(${text}, ${pattern}, ${index})`
      : `list_extract(${matchesOf(search, index)}, 1)`;
  const sql = ofGroup(call, search, (index) => {
    return `CASE WHEN regexp_matches(${text}, ${pattern}) THEN ${value(index)} END`;
  });
  return { sql, type };
}

function extractedAll(call: CallSite): Typed {
  const search = searchOf(call, 'matches');
  const sql = ofGroup(call, search, (index) => matchesOf(search, index));
  return { sql, type: { name: 'array', element: search.found } };
}

/** Fails, whether there is a match or not, if there is no such group. */
function ofGroup(
  call: CallSite,
  { text, written, known }: TextSearch,
  sqlOf: (index: number) => string,
): string {
  if (call.args.length > 2) call.as(2, { name: 'bigint' });
  const expression = call.args.length > 2 ? call.written[2] : undefined;
  if (call.args.length > 2 && (expression?.kind !== 'literal' || expression.type !== 'integer'))
    throw notSupported(`${call.name} of a computed group`, call.at);
  const index = expression?.kind === 'literal' ? Number(expression.text) : 0;
  if (index === 0 || known?.groups[index]) return sqlOf(index);
  if (!known)
    return `CASE WHEN trino_pattern_group(${written}, ${index}) IS NOT NULL THEN ${sqlOf(index)} END`;
  const fault = quoteText(`INVALID_FUNCTION_ARGUMENT: ${noGroup(known.groups.length, index)}`);
  return `CASE WHEN ${text} IS NOT NULL THEN trino_fail(${fault}) ELSE ${sqlOf(0)} END`;
}

/** Of a match, perhaps of one behind the first, from a place on. */
function position(call: CallSite): Typed {
  const INTEGER: SqlType = { name: 'integer' };
  const search = searchOf(call, 'parts');
  const { text, pattern, known } = search;
  if (call.args.length === 2 && !known?.empty) {
    const before = `length(list_extract(string_split_regex(${text}, ${pattern}), 1))`;
    const none = `WHEN ${text} IS NOT NULL AND ${pattern} IS NOT NULL THEN -1`;
    const sql = `CASE WHEN regexp_matches(${text}, ${pattern}) THEN ${before} + 1 ${none} END`;
    return { sql: `CAST(${sql} AS INTEGER)`, type: INTEGER };
  }
  if (call.args.length > 2 && known?.asserts !== false)
    throw notSupported('regexp_position from a place on, with ^, $, \\b or a computed pattern,', call.at);
  const [start, occurrence] = [2, 3].map((i) => (i < call.args.length ? call.as(i, INTEGER).sql : '1'));
  const rest = { ...search, text: `substr(${text}, ${start})` };
  const sql = `trino_match_position(${text}, ${start}, ${occurrence}, ${partsOf(rest)}, ${matchesOf(rest)})`;
  return { sql: `CAST(${sql} AS INTEGER)`, type: INTEGER };
}
