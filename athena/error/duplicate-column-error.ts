/** Two columns of a result have one name. */
export class DuplicateColumnError extends Error {
  override readonly name = 'DuplicateColumnError';
  readonly code = 'DUPLICATE_COLUMN';
  constructor(readonly column: string) {
    super(`Two columns of the result are called "${column}": give one another name with AS.`);
  }
}
