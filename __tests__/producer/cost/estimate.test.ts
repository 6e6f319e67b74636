import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EstimateInput, estimateCost } from '../../../producer/cost/estimate.js';

const million: EstimateInput = {
  events: 1_000_000,
  bytesPerEvent: 500,
  pace: { eventsPerSecond: 10_000 },
  packBytes: 24_500,
};

describe('the cost of a million events of 500 bytes at 10,000 a second', () => {
  it('is, one a record, 0.0140 in PUT units and 0.138 in Firehose', () => {
    const { single } = estimateCost(million);
    expect(single.records).toBe(1_000_000);
    expect(single.dollars.putUnits).toBeCloseTo(0.014, 6);
    expect(single.dollars.firehose).toBeCloseTo(0.138, 3);
  });

  it('is, 49 to a record, 0.0003 in PUT units and 0.0141 in Firehose', () => {
    const { packed } = estimateCost(million);
    expect(packed).toMatchObject({ eventsPerRecord: 49, records: 20_409 });
    expect(packed.dollars.putUnits).toBeCloseTo(0.0003, 4);
    expect(packed.dollars.firehose).toBeCloseTo(0.0141, 4);
  });

  it('has the shards that take the rate at four fifths of their capacity', () => {
    const { single, packed, hours } = estimateCost(million);
    expect(hours).toBeCloseTo(100 / 3_600, 9);
    // 10,000 records a second; packed, 5 MB a second.
    expect(single.provisioned.shards).toBe(13);
    expect(packed.provisioned.shards).toBe(7);
    expect(single.provisioned.hourly).toBeCloseTo(13 * hours * 0.015, 9);
    expect(packed.onDemand.hourly).toBeCloseTo(hours * 0.04, 9);
  });

  it('adds up', () => {
    const { provisioned, onDemand, dollars } = estimateCost(million).packed;
    const delivery = dollars.firehose + dollars.conversion;
    expect(provisioned.total).toBeCloseTo(provisioned.hourly + dollars.putUnits + delivery, 9);
    expect(onDemand.total).toBeCloseTo(
      onDemand.hourly + dollars.onDemandWritten + dollars.onDemandRead + delivery,
      9,
    );
    expect(dollars.conversion / dollars.firehose).toBeCloseTo(0.018 / 0.029, 9);
  });

  it('is the same whether the pace is told by the second or by the seconds', () => {
    const bySeconds = estimateCost({ ...million, pace: { seconds: 100 } });
    expect(bySeconds.packed).toEqual(estimateCost(million).packed);
  });
});

describe('a record', () => {
  it('holds no more events than come to its lane while it waits', () => {
    const slow = estimateCost({ ...million, pace: { eventsPerSecond: 160 }, lanes: 16, linger: 100 });
    expect(slow.packed.eventsPerRecord).toBe(2);
  });

  it('holds whole events', () => {
    const { packed } = estimateCost({
      ...million,
      bytesPerEvent: 200,
      packBytes: 25_088,
      pace: { seconds: 1 },
    });
    expect(packed).toMatchObject({ eventsPerRecord: 125, recordBytes: 25_000 });
  });

  it('holds an event that is larger than it is filled to', () => {
    const { packed, single } = estimateCost({ ...million, bytesPerEvent: 40_000 });
    expect(packed).toEqual(single);
    expect(packed.units.putUnits).toBe(2_000_000);
  });

  it('that is the last one is paid for by what is in it', () => {
    const { packed } = estimateCost({ ...million, events: 50 });
    expect(packed).toMatchObject({ records: 2, units: { putUnits: 2 } });
    expect(packed.units.firehoseGigabytes * 1_024 ** 3).toBeCloseTo(6 * 5_120, 3);
  });
});

const input = fc.record({
  events: fc.integer({ min: 0, max: 10_000_000 }),
  bytesPerEvent: fc.integer({ min: 1, max: 1_048_576 }),
  pace: fc.record({ eventsPerSecond: fc.double({ min: 0.001, max: 1e6, noNaN: true }) }),
  packBytes: fc.integer({ min: 0, max: 1_048_576 }),
  lanes: fc.integer({ min: 1, max: 1_000 }),
  linger: fc.integer({ min: 0, max: 10_000 }),
});

describe('estimates', () => {
  it('never say that packing is dearer', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { single, packed } = estimateCost(asked);
        expect(packed.records).toBeLessThanOrEqual(single.records);
        for (const part of PARTS) {
          expect(part(packed)).toBeLessThanOrEqual(part(single) * (1 + ROUNDING));
        }
      }),
    );
  });

  it('never say that more events, or larger ones, are cheaper one a record', () => {
    fc.assert(
      fc.property(input, fc.nat(1_000), fc.nat(1_000), (asked, moreEvents, moreBytes) => {
        const { events, bytesPerEvent } = asked;
        const more = { ...asked, events: events + moreEvents, bytesPerEvent: bytesPerEvent + moreBytes };
        for (const part of PARTS) {
          const [less, greater] = [estimateCost(asked), estimateCost(more)];
          expect(part(less.single)).toBeLessThanOrEqual(part(greater.single) * (1 + ROUNDING));
        }
      }),
    );
  });

  it('never say that more events are cheaper packed', () => {
    fc.assert(
      fc.property(input, fc.nat(1_000), (asked, moreEvents) => {
        const more = estimateCost({ ...asked, events: asked.events + moreEvents });
        for (const part of PARTS)
          expect(part(estimateCost(asked).packed)).toBeLessThanOrEqual(part(more.packed) * (1 + ROUNDING));
      }),
    );
  });
});

type Packing = ReturnType<typeof estimateCost>['packed'];

/** What numbers with a point lose. */
const ROUNDING = 1e-9;

const PARTS: readonly ((packing: Packing) => number)[] = [
  ({ units }) => units.putUnits,
  ({ units }) => units.gigabytesWritten,
  ({ units }) => units.firehoseGigabytes,
  ({ provisioned }) => provisioned.total,
  ({ onDemand }) => onDemand.total,
];
