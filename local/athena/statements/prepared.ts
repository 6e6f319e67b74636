import { QueryFault } from '../../engine/engine.js';
import { namesColumn } from '../../engine/sql/execution-parameters.js';
import { parseExpression } from '../../engine/sql/parse-expression.js';
import { notSupported, SqlFault } from '../../engine/sql/sql-fault.js';
import { TokenCursor, tokenize } from '../../engine/sql/tokens.js';
import type { Place } from '../../resources/resource-table.js';
import type { Athena } from '../athena.js';
import { lookUpPreparedStatement, preparedStatementKey } from '../prepared-statement-entry.js';
import { type DdlOutcome, DONE } from './ddl-outcome.js';

/** A statement about prepared statements. */
export type PreparedStatement =
  | { readonly kind: 'PREPARE'; readonly name: string; readonly sql: string }
  | { readonly kind: 'DEALLOCATE_PREPARE'; readonly name: string }
  | {
      readonly kind: 'EXECUTE';
      readonly name: string;
      /** The text of each value behind USING. */
      readonly values: readonly string[];
    };

/** @throws SqlFault if it is none. */
export function parsePrepared(sql: string): PreparedStatement {
  const t = new TokenCursor(tokenize(sql));
  if (t.accept('PREPARE')) {
    const { name } = t.identifier();
    const from = t.expect('FROM');
    return { kind: 'PREPARE', name, sql: sql.slice(from.at + from.text.length).trim() };
  }
  if (t.accept('DEALLOCATE', 'PREPARE')) {
    const { name } = t.identifier();
    end(t);
    return { kind: 'DEALLOCATE_PREPARE', name };
  }
  const { at } = t.expect('EXECUTE');
  if (t.is('IMMEDIATE') && t.peek(1).kind === 'string') throw notSupported('EXECUTE IMMEDIATE', at);
  const { name } = t.identifier();
  const values = t.accept('USING') ? valueTexts(t, sql) : [];
  end(t);
  return { kind: 'EXECUTE', name, values };
}

/** The texts of expressions, none of which is of a column. */
function valueTexts(t: TokenCursor, sql: string): string[] {
  return t.list(() => {
    const { at } = t.peek();
    const isOfColumn = namesColumn(parseExpression(t));
    const text = sql.slice(at, t.peek().at).trim();
    if (isOfColumn) throw new SqlFault('COLUMN_NOT_FOUND', `A value of EXECUTE names a column: ${text}`, at);
    return text;
  });
}

function end(t: TokenCursor): void {
  t.accept(';');
  if (t.peek().kind !== 'end') throw t.mismatch('<EOF>');
}

/** Keeps a statement for later, or forgets one. */
export async function changePrepared(
  statement: PreparedStatement & { kind: 'PREPARE' | 'DEALLOCATE_PREPARE' },
  { store, clock }: Athena,
  place: Place,
  workGroup: string,
): Promise<DdlOutcome> {
  const { name } = statement;
  const key = preparedStatementKey(place, workGroup, name);
  await store.transaction(() => {
    if (statement.kind === 'PREPARE') {
      const entry = { name, query: statement.sql, description: undefined, modifiedAt: clock.now() };
      store.entries.put(key, entry);
      return;
    }
    if (!lookUpPreparedStatement(store.entries, place, workGroup, name)) throw notFound(name);
    store.entries.remove(key);
  });
  return DONE;
}

/** The text that EXECUTE stands for. */
export function preparedText({ store }: Athena, place: Place, workGroup: string, name: string): string {
  const entry = lookUpPreparedStatement(store.entries, place, workGroup, name);
  if (!entry) throw notFound(name);
  return entry.query;
}

const notFound = (name: string) => new QueryFault('NOT_FOUND', `Prepared statement not found: ${name}`);
