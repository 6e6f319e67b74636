import { PRICES } from '../../settings/prices.js';
import type { BilledUnits } from './billed-units.js';

/** What the units on a bill cost, in dollars; without what a stream costs by the hour. */
export interface Dollars {
  /** PUT units of a provisioned stream. */
  readonly putUnits: number;
  /** Writing to an on-demand stream. */
  readonly onDemandWritten: number;
  /** Firehose reading from an on-demand stream. */
  readonly onDemandRead: number;
  readonly firehose: number;
  /** Firehose converting to Parquet. */
  readonly conversion: number;
}

/** What units cost, by the price table. */
export function dollarsOf(units: BilledUnits): Dollars {
  const { provisioned, onDemand } = PRICES.kinesis;
  return {
    putUnits: units.putUnits * provisioned.perPutUnit,
    onDemandWritten: units.gigabytesWritten * onDemand.perGigabyteWritten,
    onDemandRead: units.gigabytesRead * onDemand.perGigabyteRead,
    firehose: units.firehoseGigabytes * PRICES.firehose.perGigabyte,
    conversion: units.firehoseGigabytes * PRICES.firehose.perGigabyteConverted,
  };
}

/** What a stream costs by the hour, in dollars. It goes on costing that until it is deleted. */
export function hourlyDollars(shards: number, hours: number): { provisioned: number; onDemand: number } {
  return {
    provisioned: shards * hours * PRICES.kinesis.provisioned.perShardHour,
    onDemand: hours * PRICES.kinesis.onDemand.perStreamHour,
  };
}
