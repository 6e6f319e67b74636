/** A result's object was deleted or replaced while it was read; the query itself has succeeded, and can be run again. */
export class ResultGoneError extends Error {
  override readonly name = 'ResultGoneError';
  readonly code = 'RESULT_GONE';
  constructor(
    readonly executionId: string,
    options: { readonly cause: unknown },
  ) {
    super(`The result of query ${executionId} was deleted or replaced while it was read.`, options);
  }
}
