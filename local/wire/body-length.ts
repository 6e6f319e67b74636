import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './aws-error.js';

/**
 * Holds the body of an object to what S3 asks of it: that its length is said beforehand. Clients that send a stream of
 * unknown length would work here and not on AWS.
 * @returns bytes of the body once it is decoded, where that is `aws-chunked`.
 * @throws AwsError `NotImplemented` for a body in HTTP's own chunks, `MissingContentLength` for one in `aws-chunked`
 * that does not say how long it is without them.
 */
export function decodedLength(headers: IncomingHttpHeaders, isAwsChunked: boolean): number | undefined {
  if (isAwsChunked) {
    const length = String(headers['x-amz-decoded-content-length'] ?? '');
    if (/^\d{1,15}$/.test(length)) return Number(length);
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  if (headers['transfer-encoding'] === undefined) return undefined;
  const implied = 'A header you provided implies functionality that is not implemented';
  throw new AwsError('NotImplemented', implied, 501);
}
