import { parseQuery } from '../parse-query.js';
import { notSupported } from '../sql-fault.js';
import type { TokenCursor } from '../tokens.js';
import type { ExplainForm, Statement } from './parsed-statement.js';

/**
 * Reads an EXPLAIN behind that word. Trino's plan as a graph, and what it says of the input and output of a plan that it
 * alone makes, are refused.
 * @see https://docs.aws.amazon.com/athena/latest/ug/athena-explain-statement.html
 */
export function parseExplain(t: TokenCursor): Statement {
  const analyze = t.accept('ANALYZE');
  const verbose = analyze && t.accept('VERBOSE');
  const options = parseOptions(t, analyze);
  const { upper, at } = t.peek();
  if (EXPLAINED_NOT_HERE.has(upper)) throw notSupported(`EXPLAIN of the statement ${upper}`, at);
  return { kind: 'EXPLAIN', query: parseQuery(t), form: { analyze, verbose, ...options } };
}

function parseOptions(t: TokenCursor, analyze: boolean): Pick<ExplainForm, 'format' | 'type'> {
  let format: ExplainForm['format'] = 'TEXT';
  let type: ExplainForm['type'] = 'DISTRIBUTED';
  if (!t.is('(') || !['FORMAT', 'TYPE'].includes(t.peek(1).upper)) return { format, type };
  t.inParentheses(() =>
    t.list(() => {
      const option = t.next();
      const value = t.next().upper;
      if (option.upper === 'FORMAT' && (value === 'TEXT' || value === 'JSON')) format = value;
      else if (!analyze && option.upper === 'TYPE' && isType(value)) type = value;
      else throw notSupported(`EXPLAIN ${analyze ? 'ANALYZE ' : ''}(${option.upper} ${value})`, option.at);
    }),
  );
  return { format, type };
}

function isType(value: string): value is ExplainForm['type'] {
  return value === 'LOGICAL' || value === 'DISTRIBUTED' || value === 'VALIDATE';
}

/** What Trino explains besides queries. */
const EXPLAINED_NOT_HERE = new Set(
  'ALTER CREATE DELETE DESC DESCRIBE DROP EXECUTE EXPLAIN INSERT MERGE SHOW UNLOAD UPDATE'.split(' '),
);
