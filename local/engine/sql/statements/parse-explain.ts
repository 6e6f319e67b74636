import { parseQuery } from '../parse-query.js';
import { notSupported } from '../sql-fault.js';
import type { TokenCursor } from '../tokens.js';
import type { Statement } from './parsed-statement.js';

/** Reads an EXPLAIN behind that word. Of its options only those that make no difference, and TYPE VALIDATE. */
export function parseExplain(t: TokenCursor): Statement {
  if (t.is('ANALYZE')) throw notSupported('EXPLAIN ANALYZE', t.peek().at);
  let validate = false;
  if (t.is('(') && ['FORMAT', 'TYPE'].includes(t.peek(1).upper)) {
    t.inParentheses(() =>
      t.list(() => {
        const option = t.next();
        const value = t.next();
        const isPlain = ['FORMAT TEXT', 'TYPE DISTRIBUTED'].includes(`${option.upper} ${value.upper}`);
        validate ||= option.upper === 'TYPE' && value.upper === 'VALIDATE';
        if (!isPlain && !validate) throw notSupported(`EXPLAIN (${option.upper} ${value.upper})`, option.at);
      }),
    );
  }
  const { upper, at } = t.peek();
  if (EXPLAINED_NOT_HERE.has(upper)) throw notSupported(`EXPLAIN of the statement ${upper}`, at);
  return { kind: 'EXPLAIN', query: parseQuery(t), validate };
}

/** What Trino explains besides queries. */
const EXPLAINED_NOT_HERE = new Set(
  'ALTER CREATE DELETE DESC DESCRIBE DROP EXECUTE EXPLAIN INSERT MERGE SHOW UNLOAD UPDATE'.split(' '),
);
