/** A value that cannot go into a statement. */
export class InvalidValueError extends Error {
  override readonly name = 'InvalidValueError';
  readonly code = 'INVALID_VALUE';
  constructor(
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${shown(value)} cannot go into a statement: it must be ${allowed}.`);
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
