import { QueryFault } from '../../engine/engine.js';
import { type Token, TokenCursor, tokenize } from '../../engine/sql/tokens.js';
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
  t.expect('EXECUTE');
  const { name } = t.identifier();
  const values = t.accept('USING') ? valueTexts(t, sql) : [];
  end(t);
  return { kind: 'EXECUTE', name, values };
}

/** The texts between the commas; the engine looks whether each is a literal. */
function valueTexts(t: TokenCursor, sql: string): string[] {
  const values: string[] = [];
  for (;;) {
    const start = t.peek().at;
    let last: Token | undefined;
    while (t.peek().kind !== 'end' && !t.is(',') && !t.is(';')) last = t.next();
    if (!last) throw t.mismatch('<expression>');
    values.push(sql.slice(start, t.peek().at).trim());
    if (!t.accept(',')) return values;
  }
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
