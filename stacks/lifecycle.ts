import type { S3BucketLifecycleConfigurationRule as Rule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/index.js';
import { InvalidConstructError } from './invalid-construct-error.js';

/** When a bucket's objects go, or go elsewhere; all in days. */
export interface Lifecycle {
  /** Days after which an upload that was begun and never completed is given up. */
  readonly uploadDays: number;
  /** Days that an object is kept after another has taken its place, or after it was deleted. */
  readonly supersededDays: number;
  /**
   * Days that every object is kept.
   * @default - for ever
   */
  readonly expireDays?: number;
  /**
   * Days that the objects under a folder (which ends in `/`) are kept.
   * @default - nothing but `expireDays`
   */
  readonly expireFolderDays?: Readonly<Record<string, number>>;
  /**
   * Days that the results of queries are kept which lie right in a folder (which ends in `/`), beside other folders that
   * stay: results are called by their query's id, a UUID, so each begins with one of sixteen digits.
   * @default - nothing but `expireDays`
   */
  readonly expireResultDays?: Readonly<Record<string, number>>;
  /**
   * Folders whose objects move to cheaper classes, and when.
   * @default - none
   */
  readonly colder?: {
    readonly folders: readonly string[];
    readonly transitions: Settings['storage']['transitions'];
  };
}

/**
 * The rules of a bucket's lifecycle as S3 takes them.
 * @throws InvalidConstructError for folders that would leave their rule to the wrong objects.
 */
export function lifecycleRules(construct: Construct, lifecycle: Lifecycle): Rule[] {
  const {
    uploadDays,
    supersededDays,
    expireDays,
    expireFolderDays = {},
    expireResultDays = {},
    colder,
  } = lifecycle;
  const folders = [
    ...Object.keys(expireFolderDays),
    ...Object.keys(expireResultDays),
    ...(colder?.folders ?? []),
  ];
  for (const folder of folders) checkFolder(construct, folder);
  const isColder = colder && colder.transitions.length > 0;
  return [
    {
      id: 'leftovers',
      status: 'Enabled',
      filter: [{}],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: uploadDays }],
      noncurrentVersionExpiration: [{ noncurrentDays: supersededDays }],
      // S3 clears delete markers away by itself where objects expire.
      expiration: [expireDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expireDays }],
    },
    ...Object.entries(expireFolderDays).map(([folder, days]) => ({
      ...ruleFor('expire', folder),
      expiration: [{ days }],
    })),
    ...Object.entries(expireResultDays).flatMap(([folder, days]) =>
      DIGITS.map((digit) => ({ ...ruleFor('expire', `${folder}${digit}`), expiration: [{ days }] })),
    ),
    ...(isColder ? colder.folders : []).map((folder) => ({
      ...ruleFor('colder', folder),
      transition: (colder?.transitions ?? []).map(({ days, storageClass }) => ({ days, storageClass })),
    })),
  ];
}

/** What a UUID begins with. */
const DIGITS = [...'0123456789abcdef'];

function ruleFor(purpose: string, prefix: string) {
  const name = prefix.replace(/\/$/, '').replaceAll('/', '-');
  return { id: `${purpose}-${name}`, status: 'Enabled', filter: [{ prefix }] };
}

/** `orders` without the slash would be the rule of `orders_archive/` too. */
function checkFolder(construct: Construct, folder: string): void {
  if (/^[^/].*\/$/.test(folder)) return;
  throw new InvalidConstructError(construct, 'a folder of its lifecycle', folder, 'one that ends in /');
}
