import { z } from 'zod';
import { ENVIRONMENTS } from './environment.js';

const wholeNumber = (from: number, to: number) =>
  z.int(`a whole number from ${from} to ${to}`).min(from, `${from} or more`).max(to, `${to} or less`);

/** How a stream's capacity is bought. On-demand idles at about 29 dollars a month, one shard at about 11. */
const capacity = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({
      mode: z.literal('provisioned'),
      /** Each shard takes 1 MB/s or 1,000 records/s, whichever comes first. */
      shards: wholeNumber(1, 10_000),
    }),
    z.strictObject({ mode: z.literal('on-demand') }),
  ],
  'mode "provisioned" or "on-demand"',
);

/** Where Terraform keeps what it knows of the stack: a file in this folder, or a bucket that a team shares. */
const state = z.discriminatedUnion(
  'backend',
  [
    z.strictObject({ backend: z.literal('local') }),
    z.strictObject({
      backend: z.literal('s3'),
      /** The bucket that `npm run bootstrap:deploy` makes, and names when it has. */
      bucket: z
        .string('the name of the bucket that npm run bootstrap:deploy made')
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          'the name of the bucket that npm run bootstrap:deploy made',
        ),
    }),
  ],
  '"local" or "s3"',
);

/** The metrics that Kinesis publishes for each shard where it is told to. */
const SHARD_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'IteratorAgeMilliseconds',
  'OutgoingBytes',
  'OutgoingRecords',
  'ReadProvisionedThroughputExceeded',
  'WriteProvisionedThroughputExceeded',
] as const;

/** Classes of S3 that Athena reads without more ado; the archives among them it does not. */
const COLDER_CLASSES = ['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'] as const;

const days = wholeNumber(1, 36_500);

/** Days after which objects go, or go elsewhere. */
const storage = z.strictObject({
  /** Days that records which could not be delivered are kept. */
  errorDays: days,
  /** Days that the records are kept as they came. */
  sourceDays: days,
  /** Days that a query's result is kept. */
  resultDays: days,
  /** Days that the buckets' access logs are kept. */
  accessLogDays: days,
  /** Days that an object is kept after another has taken its place, or after it was deleted. */
  supersededDays: days,
  /** Days after which an upload that was begun and never completed is given up. */
  uploadDays: days,
  /** When the data moves to cheaper classes, by its age in days; each later than the one before. */
  transitions: z.array(
    z.strictObject({
      days: wholeNumber(0, 36_500),
      storageClass: z.enum(COLDER_CLASSES, `one of ${COLDER_CLASSES.join(', ')}, which Athena can read`),
    }),
    'a list of transitions',
  ),
});

const email = z.email('an e-mail address');

/** Who hears of trouble, and when. */
const monitoring = z.strictObject({
  /** Who gets an e-mail for every alarm; AWS asks them once whether they want it. */
  email: email.optional(),
  /** Minutes without a single event after which a stream counts as broken; left out where silence is no fault. */
  silenceMinutes: wholeNumber(1, 1_440).optional(),
  /** An alert when the account's costs of a month pass, or are about to pass, a limit; left out, there is none. */
  budget: z
    .strictObject({
      /** Dollars a month. */
      monthlyDollars: wholeNumber(1, 10_000_000),
      /** Percent of them at which the alert comes. */
      alertPercent: wholeNumber(1, 100),
    })
    .optional(),
});

/** What AWS allows in a tag's value, and in its name, by all services. */
const tag = z
  .string('text')
  .regex(/^[\p{L}\p{N}\s_.:/=+\-@]{1,256}$/u, '1 to 256 letters, digits, spaces or _ . : / = + - @');
const TAG_NAME = /^(?!aws:)[\p{L}\p{N}\s_.:/=+\-@]{1,128}$/u;

/** The shape of an environment's settings; every rule's message completes "… must be". */
export const settingsSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS, `one of ${ENVIRONMENTS.join(', ')}`),
  /** The AWS region that everything is in. */
  region: z
    .string('an AWS region such as us-east-1')
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as us-east-1'),
  /** Where AWS answers, if not at AWS itself. Only `local` has one. */
  endpoint: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
  /** AWS accounts that the stack may be deployed to; with none named, whichever the credentials belong to. */
  accounts: z.array(
    z
      .string('a list of account numbers of twelve digits')
      .regex(/^\d{12}$/, 'an account number of twelve digits'),
    'a list of account numbers of twelve digits',
  ),
  state,
  /** The GitHub repository whose pull requests are planned, as `owner/name`; the bootstrap makes a role for it. */
  repository: z
    .string('a GitHub repository as owner/name')
    .regex(/^[\w.-]+\/[\w.-]+$/, 'a GitHub repository as owner/name')
    .optional(),
  /** The first consent to `destroy` taking the data in the buckets along: the environment's. */
  destroyData: z.boolean('true or false'),
  /** The second consent: that of whoever deploys, by `LAKEHOUSE_DESTROY_DATA`. Both have to have been deployed. */
  destroyDataConfirmed: z.boolean('true or false'),
  stream: z.strictObject({
    capacity,
    /** Hours that the stream keeps a record; Kinesis allows 24 to 8,760. */
    retentionHours: wholeNumber(24, 8_760),
    /** Metrics that are published for each shard besides those of the stream; each costs about 0.30 dollars a shard and month. */
    shardMetrics: z.array(
      z.enum(SHARD_METRICS, `one of ${SHARD_METRICS.join(', ')}`),
      'a list of shard-level metrics',
    ),
  }),
  delivery: z.strictObject({
    /** MiB that Firehose collects before it writes an object; 64 to 128 where it converts to Parquet. */
    bufferMiB: wholeNumber(64, 128),
    /** Seconds after which Firehose writes an object whatever its size; 0 to 900. */
    bufferSeconds: wholeNumber(0, 900),
  }),
  catalog: z.strictObject({
    /** First year that a query looks for; a record's partition is the time of its arrival. */
    firstYear: wholeNumber(2000, 9999),
    /** Last year that a query looks for. Every hour of every year in the range is a folder that an unfiltered query asks for. */
    lastYear: wholeNumber(2000, 9999),
  }),
  storage,
  query: z.strictObject({
    /** MB, of 1,048,576 bytes as Athena counts them, after which a query is stopped; Athena takes 10 or more. */
    scanLimitMB: wholeNumber(10, 1_000_000_000),
  }),
  logs: z.strictObject({
    /** Days that CloudWatch keeps the delivery's errors; CloudWatch takes only certain numbers. */
    retentionDays: z.literal(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653],
      {
        error:
          'a number of days that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827 or 3653)',
      },
    ),
  }),
  monitoring,
  /** Tags that every resource carries; others may be added to these. */
  tags: z
    .object({ project: tag, environment: tag, owner: tag, 'cost-centre': tag })
    .catchall(tag)
    .refine((tags) => Object.keys(tags).every((name) => TAG_NAME.test(name)), {
      error:
        'tags with names of 1 to 128 letters, digits, spaces or _ . : / = + - @, not beginning with aws:',
    }),
});

/** What differs between environments, valid once it has been through `loadSettings`. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;
