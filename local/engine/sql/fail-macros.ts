/** A character that no text for a number or a date has: the record separator. */
export const CAST_MARK = 30;

/**
 * Fails with an error of Trino's, `CODE: message`. Not error(), for the same reason; and TRY could not catch it.
 * It stands in a CASE: of one that stands alone DuckDB knows that it is NULL, and need not compute it.
 */
export const FAIL_MACRO = `CREATE MACRO trino_fail(message) AS
  list_extract([NULL], CAST(chr(${CAST_MARK}) || message || chr(${CAST_MARK}) AS BIGINT))`;

/**
 * Fails with an error that Trino's TRY does not catch: DuckDB's does, but the native is heard. What is wrong is told
 * beside the message, so that DuckDB does not compute the one before it comes to the other.
 */
export const REFUSE_MACRO = `CREATE MACRO trino_refuse(message, wrong) AS
  list_extract([NULL], trino_refused(message || left(CAST(wrong IS NULL AS VARCHAR), 0)))`;
