import { QueryFault } from '../engine.js';

/** What is wrong with a statement, and at which character of it; becomes a QueryFault where the text is at hand. */
export class SqlFault extends Error {
  constructor(
    /** Trino's name of the error. */
    readonly code: string,
    message: string,
    /** Offset in the statement, if the fault has a place. */
    readonly at?: number,
  ) {
    super(message);
  }

  /** With its place as Athena writes it: `line 1:8: Column 'x' cannot be resolved`. */
  toQueryFault(sql: string): QueryFault {
    if (this.at === undefined) return new QueryFault(this.code, this.message);
    const { line, column } = position(sql, this.at);
    return new QueryFault(this.code, `line ${line}:${column}: ${this.message}`);
  }
}

/** Line and column of a character; both count from one. */
export function position(sql: string, at: number): { line: number; column: number } {
  const before = sql.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export function notSupported(what: string, at?: number): SqlFault {
  return new SqlFault('NOT_SUPPORTED', `${what} is not supported by local AWS`, at);
}

/** Does what reads or analyses a statement, with its faults as Athena says them. */
export async function asQueryFaults<T>(sql: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SqlFault) throw error.toQueryFault(sql);
    // The call stack is exhausted: a chain of thousands of operators, which no limit on parentheses catches.
    if (error instanceof RangeError)
      throw new QueryFault('STATEMENT_TOO_LARGE', 'The statement is too large');
    throw error;
  }
}
