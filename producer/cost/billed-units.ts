import { PRICES } from '../../settings/prices.js';

/**
 * What records count as on AWS's bills. A record is counted by its data alone; AWS's pages do not say whether the
 * partition key counts too, and beside a packed record's data it is nothing.
 */
export interface BilledUnits {
  /** Steps of 25 KB on a provisioned stream. */
  readonly putUnits: number;
  /** Gigabytes written to an on-demand stream, in steps of 1 KB a record. */
  readonly gigabytesWritten: number;
  /** Gigabytes that Firehose reads from the stream. */
  readonly gigabytesRead: number;
  /** Gigabytes that Firehose takes, in steps of 5 KB a record. */
  readonly firehoseGigabytes: number;
}

/** What so many records of so many bytes each count as. */
export function billedUnits(records: number, bytes: number): BilledUnits {
  const { kinesis, firehose } = PRICES;
  return {
    putUnits: records * steps(bytes, kinesis.provisioned.bytesPerPutUnit),
    gigabytesWritten: (records * roundedUp(bytes, kinesis.onDemand.bytesPerStep)) / PRICES.bytesPerGigabyte,
    gigabytesRead: (records * bytes) / PRICES.bytesPerGigabyte,
    firehoseGigabytes: (records * roundedUp(bytes, firehose.bytesPerStep)) / PRICES.bytesPerGigabyte,
  };
}

/** Both together. */
export function sumOfUnits(one: BilledUnits, other: BilledUnits): BilledUnits {
  return {
    putUnits: one.putUnits + other.putUnits,
    gigabytesWritten: one.gigabytesWritten + other.gigabytesWritten,
    gigabytesRead: one.gigabytesRead + other.gigabytesRead,
    firehoseGigabytes: one.firehoseGigabytes + other.firehoseGigabytes,
  };
}

const steps = (bytes: number, step: number) => Math.ceil(bytes / step);
const roundedUp = (bytes: number, step: number) => steps(bytes, step) * step;
