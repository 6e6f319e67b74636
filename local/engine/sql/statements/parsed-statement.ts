import type { Query } from '../syntax.js';
import type { Identifier } from '../tokens.js';

/** A statement in Trino's grammar that this engine can run. Each is a query, or does something with one. */
export type Statement =
  | { readonly kind: 'SELECT'; readonly query: Query }
  | { readonly kind: 'EXPLAIN'; readonly query: Query; readonly form: ExplainForm }
  | {
      readonly kind: 'CREATE_TABLE_AS_SELECT';
      readonly query: Query;
      readonly table: readonly Identifier[];
      readonly ifNotExists: boolean;
      readonly comment: string | undefined;
      readonly properties: StatementProperties;
      readonly withData: boolean;
    }
  | {
      readonly kind: 'INSERT';
      readonly query: Query;
      readonly table: readonly Identifier[];
      /** Those that it names, in its order; all of the table's where it names none. */
      readonly columns: readonly Identifier[] | undefined;
    }
  | {
      readonly kind: 'UNLOAD';
      readonly query: Query;
      readonly location: string;
      readonly properties: StatementProperties;
    }
  | {
      readonly kind: 'CREATE_VIEW';
      readonly query: Query;
      readonly view: readonly Identifier[];
      readonly replace: boolean;
      readonly comment: string | undefined;
      /** The text of the query, as it is written. */
      readonly text: string;
    };

/** What an EXPLAIN is to say, and how. */
export interface ExplainForm {
  /** Whether the query runs. */
  readonly analyze: boolean;
  readonly verbose: boolean;
  readonly format: 'TEXT' | 'JSON';
  readonly type: 'LOGICAL' | 'DISTRIBUTED' | 'VALIDATE';
}

/** What stands behind WITH, by its name in lower case. */
export type StatementProperties = ReadonlyMap<string, PropertyValue>;

export type PropertyValue = string | number | boolean | readonly string[];
