import type { PutRecordsResultEntry } from '@aws-sdk/client-kinesis';

/** What a request for PutRecords comes back with. */
export type Reply =
  | { readonly kind: 'answer'; readonly records: readonly PutRecordsResultEntry[] }
  /** HTTP 200 with this body, which is no answer. */
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly status: number }
  /** No answer: the connection breaks. */
  | { readonly kind: 'reset'; readonly committed: boolean };

/** What AWS says to credentials that have expired. */
export const EXPIRED: Reply = {
  kind: 'error',
  name: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
  status: 400,
};
