/** A stack, or something in it, that cannot be provisioned. The message names what and why. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
  constructor(
    /** What is at fault: a resource's address such as `aws_s3_bucket.data`, or a file. */
    readonly subject: string,
    /** Why. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${subject}: ${reason}`, options);
  }
}
