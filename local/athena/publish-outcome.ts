import { QueryFault } from '../engine/engine.js';
import { findBucket } from '../s3/bucket-entry.js';
import type { NewObject } from '../s3/object-entry.js';
import { stagedObject } from '../s3/staged-object.js';
import { AwsError } from '../wire/aws-error.js';
import type { Athena } from './athena.js';
import type { ExecutionOutcome } from './execution-outcome.js';
import { parseObject } from './location.js';

/**
 * Makes objects of what an execution leaves, in one transaction with what it changes in the catalog and with its end:
 * all of it is there, or nothing.
 * @param end ends the execution; throws before it writes where that has ended meanwhile.
 * @throws QueryFault where the objects cannot be written, or where the catalog has changed meanwhile.
 */
export async function publishOutcome(
  { content, objects, store, clock }: Athena,
  account: string,
  outcome: ExecutionOutcome,
  { check, end }: { readonly check: () => void; readonly end: () => void },
): Promise<void> {
  const kept: NewObject[] = [];
  try {
    // All are waited for, so that what is kept is known even where one of them fails.
    const settled = await Promise.allSettled(
      outcome.objects.map(async ({ path, uri, contentType }) => {
        const { bucket, key } = parseObject(uri);
        const bucketId = findBucket(store.entries, bucket, account).id;
        const place = { bucketId, key, headers: { ContentType: contentType } };
        kept.push(await stagedObject(path, place, { content, clock }));
      }),
    );
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
    await objects.publish(kept, () => {
      check();
      outcome.alongside?.();
      end();
    });
  } catch (error) {
    await objects.discard(kept);
    if (!(error instanceof AwsError)) throw error;
    const [result] = outcome.objects;
    throw new QueryFault(
      'HIVE_UNKNOWN_ERROR',
      `The result cannot be written to ${result?.uri}: ${error.message} ` +
        `(Service: Amazon S3; Status Code: ${error.status}; Error Code: ${error.code})`,
    );
  }
}
