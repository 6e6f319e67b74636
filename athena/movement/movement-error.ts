/** A movement that Athena would not do, or not do as it was meant; nothing has been moved. */
export class MovementRefusedError extends Error {
  override readonly name = 'MovementRefusedError';
  readonly code = 'MOVEMENT_REFUSED';
  constructor(
    readonly movement: string,
    readonly problem: string,
  ) {
    super(`${movement} was not started: ${problem}.`);
  }
}

/** A movement that failed or was cancelled when it had begun: the `cause` says why. */
export class MovementFailedError extends Error {
  override readonly name = 'MovementFailedError';
  readonly code = 'MOVEMENT_FAILED';
  constructor(
    readonly movement: string,
    /** Objects that it had written, as `s3://…`, and that were removed again. */
    readonly removed: readonly string[],
    /** Objects that may be its own, and are still there. */
    readonly left: readonly string[],
    options: { readonly cause: unknown },
  ) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    const rest = left.length > 0 ? ` ${left.length} objects that may be its own are still there.` : '';
    super(
      `${movement} failed, and ${removed.length} objects that it had written were removed: ${why}${rest}`,
      options,
    );
  }
}
