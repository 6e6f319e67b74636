/** A statement that was put together in a way that cannot be right. */
export class InvalidStatementError extends Error {
  override readonly name = 'InvalidStatementError';
  readonly code = 'INVALID_STATEMENT';
  constructor(readonly problem: string) {
    super(`The statement cannot be sent: ${problem}.`);
  }
}
