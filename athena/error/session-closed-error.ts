/** A session was used after it had been closed. */
export class SessionClosedError extends Error {
  override readonly name = 'SessionClosedError';
  readonly code = 'SESSION_CLOSED';
  constructor() {
    super('The session is closed: it runs no more statements and reads no more rows.');
  }
}
