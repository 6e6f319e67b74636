/**
 * An expression, or a whole query; what Athena answers, as the text of the only value of the result, null for NULL, or
 * `! CODE` for an error; and where that answer is from: a page of Trino's documentation, one of Trino's published
 * tests, or a fact that was found on Athena.
 */
export type Row = readonly [sql: string, answer: string | null, source: string];

/** Rows that all are from one source. */
export function from(source: string, rows: readonly (readonly [string, string | null])[]): Row[] {
  return rows.map(([sql, answer]) => [sql, answer, source]);
}

/** A page of the functions' documentation. */
export function docs(page: string): string {
  return `https://trino.io/docs/current/functions/${page}.html`;
}
