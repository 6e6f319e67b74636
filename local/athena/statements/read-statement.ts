import { SqlFault } from '../../engine/sql/sql-fault.js';
import type { Ddl } from './ddl.js';
import { hiveTokens } from './hive-tokens.js';
import { parseDdl } from './parse-ddl.js';
import { type PreparedStatement, parsePrepared } from './prepared.js';
import { type StatementKind, statementKind } from './statement-kinds.js';

/** A statement as far as this process reads it; those in Trino's grammar are the engine's to read. */
export type ReadStatement =
  | { readonly grammar: 'hive'; readonly ddl: Ddl }
  | { readonly grammar: 'prepared'; readonly prepared: PreparedStatement }
  | { readonly grammar: 'trino' };

/** @throws QueryFault for what is no statement, or one that local AWS does not have. */
export function readStatement(
  sql: string,
  kind: StatementKind | undefined = statementKind(sql),
): ReadStatement {
  try {
    if (kind ? kind.grammar === 'hive' : isHive(sql)) return { grammar: 'hive', ddl: parseDdl(sql) };
    if (kind?.grammar === 'prepared') return { grammar: 'prepared', prepared: parsePrepared(sql) };
    return { grammar: 'trino' };
  } catch (error) {
    if (error instanceof SqlFault) throw error.toQueryFault(sql);
    throw error;
  }
}

/** Whether a statement of no known kind begins as the Hive ones do, whose grammar then says what is wrong with it. */
const isHive = (sql: string) => HIVE_WORDS.includes(hiveTokens(sql)[0]?.upper ?? '');

const HIVE_WORDS = ['ALTER', 'CREATE', 'DESC', 'DESCRIBE', 'DROP', 'MSCK', 'SHOW'];
