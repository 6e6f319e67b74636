import { PRICES } from '../../settings/prices.js';
import { type CostEstimate, type PackingEstimate, TARGET_UTILISATION } from './estimate.js';

/**
 * An estimate as people read it: a table of what goes into the formula and what comes out, packed and unpacked.
 *
 * @param region where the events would be sent; the prices are us-east-1's in any case, and it is said so.
 */
export function costLines(estimate: CostEstimate, region: string = PRICES.region): readonly string[] {
  const { input, eventsPerSecond, hours, single, packed } = estimate;
  const elsewhere = region === PRICES.region ? '' : ` ${region}'s may differ.`;
  return [
    `${count(input.events)} events of about ${count(input.bytesPerEvent)} bytes at ${count(eventsPerSecond)} a second ` +
      `take ${duration(hours)} and cost about, in dollars:`,
    '',
    ...table([
      ['', 'one a record', 'packed'],
      ...rows(estimate).map(([name, value]) => [name, value(single), value(packed)]),
    ]),
    '',
    `Shards are used to ${TARGET_UTILISATION * 100}% of 1 MB/s or 1,000 records/s. Hours are those of the sending: a stream costs as much`,
    'by the hour when nothing goes through it. Queries, storage and the rest of the stack are not in it.',
    `Prices of ${PRICES.region}, checked ${PRICES.checked}: settings/prices.ts.${elsewhere}`,
  ];
}

type Row = readonly [name: string, value: (packing: PackingEstimate) => string];

function rows({ hours }: CostEstimate): readonly Row[] {
  const { provisioned, onDemand } = PRICES.kinesis;
  const { perGigabyte, perGigabyteConverted } = PRICES.firehose;
  const perMillion = provisioned.perPutUnit * 1_000_000;
  return [
    ['events a record', (packing) => count(packing.eventsPerRecord)],
    ['records', (packing) => count(packing.records)],
    ['PUT units (25 KB steps)', ({ units }) => count(units.putUnits)],
    ['GB written (1 KB steps)', ({ units }) => inGigabytes(units.gigabytesWritten)],
    ['GB into Firehose (5 KB steps)', ({ units }) => inGigabytes(units.firehoseGigabytes)],
    BLANK,
    [`shards x ${inHours(hours)} h x ${provisioned.perShardHour}`, shardHours],
    [`PUT units x ${perMillion} a million`, ({ dollars }) => inDollars(dollars.putUnits)],
    [`Firehose GB x ${perGigabyte}`, ({ dollars }) => inDollars(dollars.firehose)],
    [`conversion, the same GB x ${perGigabyteConverted}`, ({ dollars }) => inDollars(dollars.conversion)],
    ['provisioned, together', (packing) => inDollars(packing.provisioned.total)],
    BLANK,
    [
      `on demand, ${inHours(hours)} h x ${onDemand.perStreamHour}`,
      (packing) => inDollars(packing.onDemand.hourly),
    ],
    [`GB written x ${onDemand.perGigabyteWritten}`, ({ dollars }) => inDollars(dollars.onDemandWritten)],
    [`GB read by Firehose x ${onDemand.perGigabyteRead}`, ({ dollars }) => inDollars(dollars.onDemandRead)],
    ['Firehose and conversion, as above', ({ dollars }) => inDollars(dollars.firehose + dollars.conversion)],
    ['on demand, together', (packing) => inDollars(packing.onDemand.total)],
  ];
}

const BLANK: Row = ['', () => ''];

const shardHours = ({ provisioned: { shards, hourly } }: PackingEstimate) =>
  `${count(shards)} shard${shards === 1 ? '' : 's'}: ${inDollars(hourly)}`;

/** The first column to the left, the others to the right. */
function table(cells: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  return cells.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(width(0)) : text.padStart(width(column))))
      .join('  ')
      .trimEnd(),
  );
}

const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
const inGigabytes = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 });
const inHours = (hours: number) => hours.toLocaleString('en', { maximumSignificantDigits: 3 });

/** Four digits behind the point for what is less than ten dollars. */
function inDollars(amount: number): string {
  const digits = amount < 10 ? 4 : 2;
  return amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function duration(hours: number): string {
  const seconds = hours * 3_600;
  if (seconds < 120) return `${count(seconds)} s`;
  if (hours < 2) return `${count(seconds / 60)} min`;
  return hours < 48 ? `${count(hours)} h` : `${count(hours / 24)} days`;
}
