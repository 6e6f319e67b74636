/** A command line that asks for what there is not. The message names the flag, its value and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}
