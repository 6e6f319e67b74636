/**
 * The syntax tree of Trino's queries: only what this engine can run. What the parser cannot put into these shapes it
 * refuses, so nothing reaches DuckDB that is not named here.
 */
import type { SqlType } from '../sql-type.js';
import type { Identifier } from './tokens.js';

export interface Query {
  readonly ctes: readonly Cte[];
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  readonly offset?: Expression;
  readonly limit?: Expression;
  /** Whether rows that are level with the last of the limit come too. */
  readonly withTies?: boolean;
}

export interface Cte {
  readonly name: Identifier;
  readonly columns?: readonly Identifier[];
  readonly query: Query;
  /** Whether it may read itself. */
  readonly recursive?: boolean;
}

export type QueryBody = Select | SetOperation | Values | { readonly kind: 'query'; readonly query: Query };

export interface Select {
  readonly kind: 'select';
  readonly at: number;
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly Relation[];
  readonly where?: Expression;
  readonly groupBy?: GroupBy;
  readonly having?: Expression;
  readonly windows: readonly { readonly name: Identifier; readonly window: Window }[];
}

export type SelectItem =
  | { readonly kind: 'star'; readonly qualifier?: Identifier; readonly at: number }
  | { readonly kind: 'item'; readonly value: Expression; readonly alias?: Identifier };

export interface GroupBy {
  /** Whether a grouping set that comes more than once counts once. */
  readonly distinct: boolean;
  readonly elements: readonly GroupingElement[];
}

export type GroupingElement =
  | { readonly kind: 'by'; readonly value: Expression }
  | { readonly kind: 'rollup' | 'cube' | 'sets'; readonly sets: readonly (readonly Expression[])[] };

export interface SetOperation {
  readonly kind: 'setOperation';
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
  readonly all: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
  readonly at: number;
}

export interface Values {
  readonly kind: 'values';
  readonly rows: readonly ValuesRow[];
  readonly at: number;
}

/** The fields of a row; or a value, each of whose fields is a column if it is a row. */
export type ValuesRow = readonly Expression[] | Expression;

export type Relation =
  | { readonly kind: 'table'; readonly name: readonly Identifier[] }
  | { readonly kind: 'subquery'; readonly query: Query; readonly lateral: boolean }
  | {
      readonly kind: 'unnest';
      readonly values: readonly Expression[];
      readonly ordinality: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'alias';
      readonly relation: Relation;
      readonly alias: Identifier;
      readonly columns?: readonly Identifier[];
    }
  | {
      readonly kind: 'sample';
      readonly relation: Relation;
      readonly method: 'BERNOULLI' | 'SYSTEM';
      readonly percentage: Expression;
      readonly at: number;
    }
  | Join;

export interface Join {
  readonly kind: 'join';
  readonly type: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';
  readonly left: Relation;
  readonly right: Relation;
  readonly on?: Expression;
  readonly using?: readonly Identifier[];
}

export interface SortItem {
  readonly value: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type Frame = 'UNBOUNDED PRECEDING' | 'UNBOUNDED FOLLOWING' | 'CURRENT ROW' | FrameDistance;

export interface FrameDistance {
  readonly distance: Expression;
  readonly side: 'PRECEDING' | 'FOLLOWING';
}

export interface Window {
  /** A window of the WINDOW clause that this one is, or stands on. */
  readonly base?: Identifier;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame?: {
    readonly unit: 'ROWS' | 'RANGE' | 'GROUPS';
    readonly start: Frame;
    readonly end?: Frame;
  };
}

export type Expression = { readonly at: number } & (
  | {
      readonly kind: 'literal';
      readonly type: 'string' | 'integer' | 'decimal' | 'double' | 'binary';
      readonly text: string;
    }
  /** Such as `DATE '2026-02-04'`. */
  | { readonly kind: 'typedLiteral'; readonly type: string; readonly text: string }
  | {
      readonly kind: 'interval';
      readonly text: string;
      readonly negative: boolean;
      /** Such as YEAR to MONTH; both are the one unit where the literal has one. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A column, by itself or after its table's name or alias; or a field of a row column. */
  | { readonly kind: 'name'; readonly parts: readonly Identifier[] }
  | { readonly kind: 'field'; readonly base: Expression; readonly name: Identifier }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** A chain of ANDs or of ORs, which can have thousands of terms and so is not nested. */
  | { readonly kind: 'logical'; readonly operator: 'AND' | 'OR'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not' | 'negate'; readonly value: Expression }
  | { readonly kind: 'isNull'; readonly value: Expression; readonly negated: boolean }
  | {
      readonly kind: 'between';
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly kind: 'like';
      readonly value: Expression;
      readonly pattern: Expression;
      readonly escape?: Expression;
    }
  | { readonly kind: 'inList'; readonly value: Expression; readonly items: readonly Expression[] }
  | { readonly kind: 'inQuery'; readonly value: Expression; readonly query: Query }
  | { readonly kind: 'exists'; readonly query: Query }
  | {
      readonly kind: 'quantified';
      readonly operator: BinaryOperator;
      readonly quantifier: 'ALL' | 'ANY';
      readonly value: Expression;
      readonly query: Query;
    }
  | { readonly kind: 'subquery'; readonly query: Query }
  | {
      readonly kind: 'case';
      readonly operand?: Expression;
      readonly whens: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: 'cast'; readonly value: Expression; readonly type: SqlType; readonly safe: boolean }
  | { readonly kind: 'array' | 'row'; readonly items: readonly Expression[] }
  | { readonly kind: 'atTimeZone'; readonly value: Expression; readonly zone: Expression }
  /** Stands only in the parentheses of a call. */
  | { readonly kind: 'lambda'; readonly parameters: readonly Identifier[]; readonly body: Expression }
  | { readonly kind: 'subscript'; readonly value: Expression; readonly index: Expression }
  | Call
);

export type BinaryOperator =
  | ('+' | '-' | '*' | '/' | '%' | '||' | '=' | '<>' | '<' | '<=' | '>' | '>=')
  | ('IS DISTINCT FROM' | 'IS NOT DISTINCT FROM');

export interface Call {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** `count(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly SortItem[];
  readonly filter?: Expression;
  readonly ignoreNulls: boolean;
  readonly over?: Window;
}
