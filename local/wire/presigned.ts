import { AwsError } from './aws-error.js';

/**
 * Holds an address that was signed beforehand to the time that it was signed for. Its signature, as any other, is
 * anybody's guess here.
 * @param now in milliseconds since 1970.
 * @throws AwsError `AccessDenied` for one that has expired or is not valid yet, `AuthorizationQueryParametersError` for
 * a time that is none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function checkExpiry(query: URLSearchParams, now: number): void {
  if (query.has('X-Amz-Signature')) checkVersion4(query, now);
  // As it was signed before, and still is by the aws command line: seconds since 1970.
  else if (query.has('AWSAccessKeyId') && query.has('Expires')) {
    const expires = Number(query.get('Expires'));
    if (!Number.isFinite(expires)) throw denied('Invalid date (should be seconds since epoch)');
    if (expires * 1000 <= now) throw denied('Request has expired');
  }
}

/** Seconds: a week. */
const MAX_EXPIRES = 604_800;
/** Milliseconds that the signer's clock may be ahead. */
const MAX_SKEW = 15 * 60_000;

function checkVersion4(query: URLSearchParams, now: number): void {
  const signedAt = timeOf(query.get('X-Amz-Date') ?? '');
  const text = query.get('X-Amz-Expires') ?? '';
  if (!/^-?\d+$/.test(text)) throw malformed('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (seconds > MAX_EXPIRES) {
    throw malformed(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES} seconds`,
    );
  }
  if (signedAt + seconds * 1000 < now) throw denied('Request has expired');
  if (signedAt - MAX_SKEW > now) throw denied('Request is not yet valid');
}

/** A time such as `20260204T213554Z`, in milliseconds since 1970. */
function timeOf(text: string): number {
  const time = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (/^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(time)) return time;
  throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
}

const denied = (message: string) => new AwsError('AccessDenied', message, 403);
const malformed = (message: string) => new AwsError('AuthorizationQueryParametersError', message);
