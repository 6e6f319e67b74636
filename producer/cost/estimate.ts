import { SHARD_LIMITS } from '../write/limits.js';
import { type BilledUnits, billedUnits, sumOfUnits } from './billed-units.js';
import { type Dollars, dollarsOf, hourlyDollars } from './dollars.js';

/** Events whose cost is asked for. */
export interface EstimateInput {
  /** How many; whole. */
  readonly events: number;
  /** Bytes of an event's JSON with its line feed, on average. */
  readonly bytesPerEvent: number;
  /** How fast they are sent: by events a second, or by the seconds that all of them take. */
  readonly pace: { readonly eventsPerSecond: number } | { readonly seconds: number };
  /** Bytes that a record is filled to. */
  readonly packBytes: number;
  /** Lanes that records are filled in, each by its share of the events. @default 16 */
  readonly lanes?: number;
  /** Milliseconds that a record waits at most for more events. @default 100 */
  readonly linger?: number;
}

/** How much of a shard's capacity is used, so that uneven keys and peaks find room in the rest. */
export const TARGET_UTILISATION = 0.8;

/** What events cost, one a record and packed. Amounts are in dollars. */
export interface CostEstimate {
  readonly input: EstimateInput;
  readonly eventsPerSecond: number;
  /** Hours that the sending takes: what a stream costs by the hour is counted for these. */
  readonly hours: number;
  /** Each event in a record of its own. */
  readonly single: PackingEstimate;
  readonly packed: PackingEstimate;
}

/** What events cost in one way of packing them. */
export interface PackingEstimate {
  readonly eventsPerRecord: number;
  readonly records: number;
  /** Bytes of a full record. */
  readonly recordBytes: number;
  readonly units: BilledUnits;
  readonly dollars: Dollars;
  readonly provisioned: {
    /** Shards that take the rate at the target utilisation. */
    readonly shards: number;
    /** The shards' hours. */
    readonly hourly: number;
    /** Hours, PUT units, Firehose and its conversion. */
    readonly total: number;
  };
  readonly onDemand: {
    /** The stream's hours. */
    readonly hourly: number;
    /** Hours, writing, reading, Firehose and its conversion. */
    readonly total: number;
  };
}

/** What events cost by the price table, packed and unpacked, on a provisioned stream and on demand. */
export function estimateCost(input: EstimateInput): CostEstimate {
  const { events, pace } = input;
  const eventsPerSecond = 'seconds' in pace ? events / pace.seconds : pace.eventsPerSecond;
  const hours = events / eventsPerSecond / 3_600;
  const sent = { ...input, eventsPerSecond, hours };
  return {
    input,
    eventsPerSecond,
    hours,
    single: packingEstimate(sent, 1),
    packed: packingEstimate(sent, eventsInRecord(sent)),
  };
}

interface Sent extends EstimateInput {
  readonly eventsPerSecond: number;
  readonly hours: number;
}

/** As many events as a record has room for, but no more than come to its lane before it has waited long enough. */
function eventsInRecord(sent: Sent): number {
  const { bytesPerEvent, packBytes, eventsPerSecond, lanes = 16, linger = 100 } = sent;
  const room = Math.floor(packBytes / bytesPerEvent);
  const come = 1 + Math.floor(((eventsPerSecond / lanes) * linger) / 1_000);
  return Math.max(1, Math.min(room, come));
}

function packingEstimate(sent: Sent, eventsPerRecord: number): PackingEstimate {
  const { events, bytesPerEvent, eventsPerSecond, hours } = sent;
  const full = Math.floor(events / eventsPerRecord);
  const rest = events % eventsPerRecord;
  const recordBytes = eventsPerRecord * bytesPerEvent;
  const units = sumOfUnits(
    billedUnits(full, recordBytes),
    billedUnits(rest > 0 ? 1 : 0, rest * bytesPerEvent),
  );
  const dollars = dollarsOf(units);
  const delivery = dollars.firehose + dollars.conversion;
  const shards = shardsFor(eventsPerSecond / eventsPerRecord, eventsPerSecond * bytesPerEvent);
  const hourly = hourlyDollars(shards, hours);
  return {
    eventsPerRecord,
    records: full + (rest > 0 ? 1 : 0),
    recordBytes,
    units,
    dollars,
    provisioned: {
      shards,
      hourly: hourly.provisioned,
      total: hourly.provisioned + dollars.putUnits + delivery,
    },
    onDemand: {
      hourly: hourly.onDemand,
      total: hourly.onDemand + dollars.onDemandWritten + dollars.onDemandRead + delivery,
    },
  };
}

function shardsFor(recordsPerSecond: number, bytesPerSecond: number): number {
  const full = Math.max(
    recordsPerSecond / SHARD_LIMITS.recordsPerSecond,
    bytesPerSecond / SHARD_LIMITS.bytesPerSecond,
  );
  return Math.max(1, Math.ceil(full / TARGET_UTILISATION));
}
