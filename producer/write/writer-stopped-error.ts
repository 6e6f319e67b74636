/** No record is taken any more: the writer was closed or abandoned, or a fatal error (the `cause`) has ended it. */
export class WriterStoppedError extends Error {
  override readonly name = 'WriterStoppedError';
  constructor(
    readonly reason: 'closed' | 'abandoned' | 'fatal',
    cause?: unknown,
  ) {
    super(`The writer takes no more records: ${reason}.`, { cause });
  }
}
