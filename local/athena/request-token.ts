import { createHash } from 'node:crypto';
import type { StartQueryExecutionCommandInput } from '@aws-sdk/client-athena';
import type { Place } from '../resources/resource-table.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';

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

/** @throws AwsError for a token that Athena does not take. */
export function checkToken(token: string | undefined): void {
  if (token === undefined || (token.length >= LENGTH.least && token.length <= LENGTH.most)) return;
  throw new AwsError(
    'InvalidRequestException',
    `ClientRequestToken must be ${LENGTH.least} to ${LENGTH.most} characters long, and not ${token.length}.`,
  );
}

/** What tells a request from another. */
export function hashOf(input: Checked<StartQueryExecutionCommandInput>): string {
  const { Catalog, Database } = input.QueryExecutionContext ?? {};
  const said = [
    input.QueryString,
    input.ExecutionParameters,
    Catalog,
    Database,
    input.WorkGroup,
    input.ResultConfiguration,
    input.ResultReuseConfiguration,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/**
 * The execution that an earlier request with this token started.
 * @throws AwsError where that was another request.
 */
export function startedBy(entries: Entries, place: Place, token: string, hash: string): string | undefined {
  const earlier = entries.get<TokenEntry>(tokenKey(place, token));
  if (earlier && earlier.hash !== hash) {
    throw new AwsError('InvalidRequestException', 'Idempotent parameters do not match');
  }
  return earlier?.executionId;
}
