/**
 * An answer that is an error, as AWS gives it. Operations throw it; the protocol in use writes it out.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  constructor(
    /** AWS's code, such as `ResourceNotFoundException` or `NoSuchKey`. */
    readonly code: string,
    message: string,
    /** HTTP status: 4xx where the caller is at fault, 5xx where the server is. */
    readonly status = 400,
    /** The code in the Query protocol, where that is another. */
    readonly queryCode = code,
    /** Headers of the answer, in the REST protocol. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** What is said of it beside its code. */
  get details(): Readonly<Record<string, string>> {
    return { message: this.message };
  }
}

/** A request that does not have the shape of its operation's input. */
export const serializationError = (message: string) => new AwsError('SerializationException', message);

/** An operation that AWS has and local AWS has not: refused by its name, never answered as though it were done. */
export function notImplemented(service: string, operation: string): AwsError {
  return new AwsError('NotImplemented', `Local AWS does not implement ${service}:${operation}.`, 501);
}
