import { createHash } from 'node:crypto';
import type { StartQueryExecutionCommandInput } from '@aws-sdk/client-athena';
import type { Place } from '../resources/resource-table.js';
import type { Entries } from '../store/store.js';
import type { Checked } from '../wire/operation.js';
import { invalidRequest, violation, violations } from './invalid-request.js';

/** What a request with a token started. */
export interface TokenEntry extends Place {
  readonly token: string;
  readonly executionId: string;
  /** Of the request: the same token with another request is refused. */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

export const tokenKey = ({ account, region }: Place, token: string) =>
  ['request-token', account, region, token] as const;

const LENGTH = { least: 32, most: 128 } as const;

/**
 * @throws AwsError for a token that Athena does not take, in its words: too few characters are counted, and too many
 * characters or bytes.
 */
export function checkToken(token: string): void {
  const constraint =
    token.length < LENGTH.least
      ? `Member must have length greater than or equal to ${LENGTH.least}`
      : token.length > LENGTH.most && `Member must have length less than or equal to ${LENGTH.most}`;
  if (constraint) throw invalidRequest(violations([violation('clientRequestToken', constraint)]));
  if (Buffer.byteLength(token) > LENGTH.most)
    throw invalidRequest(`clientRequestToken exceeds maximum allowed length ${LENGTH.most}`);
}

/** What tells a request from another that has the same token; its values and its workgroup do not. */
export function hashOf(input: Checked<StartQueryExecutionCommandInput>, outputLocation: string): string {
  const { Catalog, Database } = input.QueryExecutionContext ?? {};
  const said = [input.QueryString, Catalog, Database, outputLocation];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/**
 * The execution that an earlier request with this token started.
 * @throws AwsError where that was another request.
 */
export function startedBy(entries: Entries, place: Place, token: string, hash: string): string | undefined {
  const earlier = entries.get<TokenEntry>(tokenKey(place, token));
  if (earlier && earlier.hash !== hash) {
    throw invalidRequest('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
  }
  return earlier?.executionId;
}
