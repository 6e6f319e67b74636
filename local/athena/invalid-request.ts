import { AwsError } from '../wire/aws-error.js';

/** What Athena finds wrong with a request, as it tells in `AthenaErrorCode`. */
export type AthenaErrorCode =
  | 'DATACATALOG_NOT_FOUND'
  | 'IDEMPOTENT_PARAMETER_MISMATCH'
  | 'INVALID_INPUT'
  | 'INVALID_QUERY_EXECUTION_STATE'
  | 'MALFORMED_QUERY'
  | 'QUERY_EXECUTION_NOT_FOUND'
  | 'RESULT_NOT_FOUND';

/** A request that Athena refuses. */
export function invalidRequest(
  message: string,
  athenaErrorCode: AthenaErrorCode = 'INVALID_INPUT',
): AwsError {
  return new InvalidRequest(message, athenaErrorCode);
}

/**
 * Unlike others, Athena gives a second code, under two names, and its message under a name in capitals.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/errors.md
 */
class InvalidRequest extends AwsError {
  constructor(
    message: string,
    private readonly athenaErrorCode: AthenaErrorCode,
  ) {
    super('InvalidRequestException', message);
  }

  override get details() {
    const { athenaErrorCode, message } = this;
    return { AthenaErrorCode: athenaErrorCode, ErrorCode: athenaErrorCode, Message: message };
  }
}

/** What is wrong with a member, in AWS's words. */
export const violation = (member: string, constraint: string) =>
  `Value at '${member}' failed to satisfy constraint: ${constraint}`;

/** What is wrong with a request, where it is one thing or more. */
export const violations = (problems: readonly string[]) =>
  `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${problems.join('; ')}`;
