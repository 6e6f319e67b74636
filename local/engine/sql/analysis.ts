import type { SqlType } from '../sql-type.js';
import type { ScopeColumn } from './scope.js';
import type { Identifier } from './tokens.js';

/** What a whole statement shares while it is analysed: its tables, its CTEs, and names that nothing else has. */
export class Analysis {
  private names = 0;
  private readonly uses = new Map<string, { readonly label: string; readonly at: number }>();

  constructor(
    /** The relation and columns of a table; throws SqlFault if there is none of the name. */
    private readonly findTable: (
      name: readonly Identifier[],
      alias: string,
    ) => { readonly sql: string; readonly columns: readonly ScopeColumn[] },
  ) {}

  /** Characters of the tables' relations so far, which hold the lists of their files. */
  tablesLength = 0;

  /** The relation and columns of a table. @throws SqlFault if there is none of the name. */
  table(name: readonly Identifier[], alias: string): ReturnType<typeof this.findTable> {
    const found = this.findTable(name, alias);
    this.tablesLength += found.sql.length;
    return found;
  }

  /** The CTEs that can be seen, by name. */
  ctes: ReadonlyMap<string, { readonly id: string; readonly columns: readonly OutputColumn[] }> = new Map();

  /** Analyses a query within another; the CTEs that it defines are seen only in it. */
  inner<T>(analyze: () => T): T {
    const { ctes } = this;
    try {
      return analyze();
    } finally {
      this.ctes = ctes;
    }
  }

  /** A name for DuckDB that is used nowhere else in the statement. */
  fresh(prefix: string): string {
    return `${prefix}${++this.names}`;
  }

  /** Remembers how and where the statement names a column, for DuckDB's errors. */
  used(sql: string, label: string, at: number): void {
    const id = sql.split('.').at(-1) ?? sql;
    if (!this.uses.has(id)) this.uses.set(id, { label, at });
  }

  /** How and where the statement names what DuckDB knows as `id`. */
  use(id: string): { readonly label: string; readonly at: number } | undefined {
    return this.uses.get(id);
  }
}

/** A column of a query's result. */
export interface OutputColumn {
  /** Its name in the SQL. */
  readonly id: string;
  /** None where it is an expression without an alias. */
  readonly name?: string;
  readonly type: SqlType;
}

export interface AnalyzedQuery {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}
