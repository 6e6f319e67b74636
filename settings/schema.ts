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

/** The shape of an environment's settings; every rule's message completes "… must be". */
export const settingsSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS, `one of ${ENVIRONMENTS.join(', ')}`),
  /** The AWS region that everything is in. */
  region: z
    .string('an AWS region such as us-east-1')
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as us-east-1'),
  /** Where AWS answers, if not at AWS itself. Only `local` has one. */
  endpoint: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
  /** Whether `destroy` takes the data in the buckets along. */
  destroyData: z.boolean('true or false'),
  stream: z.strictObject({
    capacity,
    /** Hours that the stream keeps a record; Kinesis allows 24 to 8,760. */
    retentionHours: wholeNumber(24, 8_760),
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
  /** Tags that every resource carries. */
  tags: z.record(z.string().min(1).max(128), z.string().max(256)),
});

/** What differs between environments, valid once it has been through `loadSettings`. */
export type Settings = Readonly<z.infer<typeof settingsSchema>>;
