import { AwsError } from '../wire/aws-error.js';

/** Why an execution failed, in Athena's own words: those of its Hive statements begin with `FAILED:`. */
export class StatementFault extends Error {
  override readonly name = 'StatementFault';
  constructor(
    /** The StateChangeReason. */
    reason: string,
    /** AthenaError's number. */
    readonly errorType: number,
    /** Who is at fault: 1 system, 2 user, 3 other. */
    readonly category: 1 | 2 | 3 = 2,
  ) {
    super(reason);
  }
}

export const tableNotFound = (table: string) =>
  new StatementFault(`FAILED: SemanticException [Error 10001]: Table not found ${table}`, 1301);

export const databaseNotFound = (database: string) =>
  new StatementFault(`FAILED: SemanticException [Error 10072]: Database does not exist: ${database}`, 1301);

export const executionError = (message: string, errorType = 1100) =>
  new StatementFault(
    `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${message}`,
    errorType,
  );

/** Does what asks Glue for a change, and tells its refusal as Hive would. */
export async function asStatementFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError && error.status < 500) throw executionError(error.message);
    throw error;
  }
}

/**
 * AthenaError's number for one of Trino's errors; the general one of users for any other.
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html#error-reference-error-type-reference
 */
export const errorTypeOf = (code: string) => ERROR_TYPES[code] ?? 1000;

const ERROR_TYPES: Readonly<Record<string, number>> = {
  DIVISION_BY_ZERO: 1001,
  TYPE_MISMATCH: 1002,
  SYNTAX_ERROR: 1006,
  COLUMN_NOT_FOUND: 1006,
  CATALOG_NOT_FOUND: 1006,
  INVALID_CAST_ARGUMENT: 1100,
  NUMERIC_VALUE_OUT_OF_RANGE: 1100,
  INVALID_PARAMETER_USAGE: 1100,
  INVALID_FUNCTION_ARGUMENT: 1106,
  TABLE_ALREADY_EXISTS: 1110,
  NOT_SUPPORTED: 1200,
  TABLE_NOT_FOUND: 1301,
  SCHEMA_NOT_FOUND: 1301,
  FUNCTION_NOT_FOUND: 1303,
};
