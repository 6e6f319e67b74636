/** Bytes of the gigabyte that AWS bills by. */
const GIGABYTE = 1_024 ** 3;

/**
 * What AWS charges, in dollars: the one place for prices. They are us-east-1's, list prices without discounts, free
 * tiers and taxes; other regions differ, most are dearer.
 *
 * @see https://aws.amazon.com/kinesis/data-streams/pricing/
 * @see https://aws.amazon.com/firehose/pricing/
 * @see https://aws.amazon.com/athena/pricing/
 */
export const PRICES = {
  region: 'us-east-1',
  /** When they were put together, as year and month, from what was published: AWS's pages have the last word. */
  checked: '2026-11',
  kinesis: {
    provisioned: {
      perShardHour: 0.015,
      /** For each step of 25 KB, or part of one, of a record. */
      perPutUnit: 0.014 / 1_000_000,
      bytesPerPutUnit: 25 * 1_024,
    },
    onDemand: {
      perStreamHour: 0.04,
      /** For each gigabyte written, a record counting in steps of 1 KB. */
      perGigabyteWritten: 0.08,
      bytesPerStep: 1_024,
      perGigabyteRead: 0.04,
    },
  },
  firehose: {
    /** For each gigabyte taken from a Kinesis stream, a record counting in steps of 5 KB; the first 500 TB a month. */
    perGigabyte: 0.029,
    /** For each gigabyte converted to Parquet, on the same bytes. */
    perGigabyteConverted: 0.018,
    bytesPerStep: 5 * 1_024,
  },
  athena: {
    /** For each terabyte that a query reads, counted in whole megabytes. */
    perTerabyte: 5,
    /** What a query counts for at least. */
    leastMegabytes: 10,
    bytesPerMegabyte: 1_024 ** 2,
  },
  bytesPerGigabyte: GIGABYTE,
} as const;
