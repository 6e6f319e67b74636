/** What was told in `types` is no type, or of no column of the result. */
export class ColumnTypeError extends Error {
  override readonly name = 'ColumnTypeError';
  readonly code = 'COLUMN_TYPE';
  constructor(
    readonly column: string,
    problem: string,
  ) {
    super(`The type told of column "${column}" ${problem}.`);
  }
}
