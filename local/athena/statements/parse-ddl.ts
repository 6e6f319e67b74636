import { notSupported, SqlFault } from '../../engine/sql/sql-fault.js';
import type { TokenCursor } from '../../engine/sql/tokens.js';
import type { Ddl, NewDatabase } from './ddl.js';
import { hiveCursor, hiveName, hiveProperties, hiveString, hiveTable } from './hive-tokens.js';
import { parseAlterTable } from './parse-alter-table.js';
import { parseCreateTable } from './parse-create-table.js';
import { parseShow, viewName } from './parse-show.js';

/**
 * Reads a statement in Athena's Hive grammar.
 * @see https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html
 * @throws SqlFault if it is not one, or one that local AWS does not have.
 */
export function parseDdl(sql: string): Ddl {
  const t = hiveCursor(sql);
  const ddl = parseStatement(t);
  t.accept(';');
  if (t.peek().kind === 'end') return ddl;
  if (t.peek(-1).upper === ';')
    throw new SqlFault('SYNTAX_ERROR', 'Only one sql statement is allowed', t.peek().at);
  throw t.mismatch('<EOF>');
}

function parseStatement(t: TokenCursor): Ddl {
  if (t.accept('CREATE', 'EXTERNAL', 'TABLE')) return { kind: 'CREATE_TABLE', table: parseCreateTable(t) };
  if (t.accept('CREATE', 'TABLE')) return parsePlainTable(t);
  if (t.accept('CREATE')) return { kind: 'CREATE_DATABASE', database: parseCreateDatabase(t) };
  if (t.accept('ALTER', 'TABLE')) return parseAlterTable(t);
  if (t.accept('ALTER')) return parseAlterDatabase(t);
  if (t.accept('DROP', 'TABLE')) {
    const ifExists = t.accept('IF', 'EXISTS');
    const table = hiveTable(t);
    t.accept('PURGE');
    return { kind: 'DROP_TABLE', table, ifExists };
  }
  if (t.accept('DROP', 'VIEW')) {
    const ifExists = t.accept('IF', 'EXISTS');
    return { kind: 'DROP_VIEW', table: viewName(t), ifExists };
  }
  if (t.accept('DROP')) return parseDropDatabase(t);
  if (t.accept('MSCK', 'REPAIR', 'TABLE')) return { kind: 'MSCK_REPAIR', table: hiveTable(t) };
  if (t.accept('SHOW')) return parseShow(t);
  if (t.accept('DESCRIBE') || t.accept('DESC')) return parseDescribe(t);
  throw t.mismatch("'ALTER', 'CREATE', 'DESCRIBE', 'DROP', 'MSCK', 'SHOW'");
}

/** Without EXTERNAL a table is one of Iceberg; Athena asks for its location first. */
function parsePlainTable(t: TokenCursor): never {
  const { at } = t.peek();
  parseCreateTable(t);
  throw notSupported('CREATE TABLE without EXTERNAL, which is for Iceberg,', at);
}

function acceptDatabase(t: TokenCursor): void {
  if (!t.accept('DATABASE') && !t.accept('SCHEMA')) throw t.mismatch("'DATABASE', 'SCHEMA', 'TABLE'");
}

function parseCreateDatabase(t: TokenCursor): NewDatabase {
  acceptDatabase(t);
  const ifNotExists = t.accept('IF', 'NOT', 'EXISTS');
  const name = hiveName(t);
  const comment = t.accept('COMMENT') ? hiveString(t) : undefined;
  const location = t.accept('LOCATION') ? hiveString(t) : undefined;
  const properties = t.accept('WITH', 'DBPROPERTIES') ? hiveProperties(t) : {};
  return { name, ifNotExists, comment, location, properties };
}

function parseAlterDatabase(t: TokenCursor): Ddl {
  acceptDatabase(t);
  const name = hiveName(t);
  t.expect('SET', 'DBPROPERTIES');
  return { kind: 'ALTER_DATABASE', name, properties: hiveProperties(t) };
}

function parseDropDatabase(t: TokenCursor): Ddl {
  acceptDatabase(t);
  const ifExists = t.accept('IF', 'EXISTS');
  const name = hiveName(t);
  const cascade = t.accept('CASCADE');
  if (!cascade) t.accept('RESTRICT');
  return { kind: 'DROP_DATABASE', name, ifExists, cascade };
}

function parseDescribe(t: TokenCursor): Ddl {
  const detail = t.accept('EXTENDED') ? 'EXTENDED' : t.accept('FORMATTED') ? 'FORMATTED' : undefined;
  const table = viewName(t);
  if (t.peek().kind !== 'end' && !t.is(';'))
    throw notSupported('DESCRIBE of a column or partition', t.peek().at);
  return { kind: 'DESCRIBE_TABLE', table, detail };
}
