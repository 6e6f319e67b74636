import { en, Faker } from '@faker-js/faker';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';

const seeded = (seed: number) => new Faker({ locale: en, seed });
const anyMoment = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

describe('a generated customers event', () => {
  it('has exactly the columns, in their order, each with the JSON type of its column', () => {
    fc.assert(
      fc.property(fc.nat(), anyMoment, (seed, now) => {
        const event = customers.generate({ faker: seeded(seed), now });
        expect(Object.keys(event)).toEqual(Object.keys(customers.columns));
        expect(Object.values(event).map((value) => typeof value)).toEqual(Array(7).fill('string'));
        expect(event.event_date).toBe(now.toISOString());
        expect(event.event_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(['Active', 'Inactive', 'Canceled']).toContain(event.status);
        expect(event.phone).toMatch(/^9\d{8}$/);
        expect(event.uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(event.email).toContain('@');
      }),
    );
  });

  it('is the same for the same seed and moment, and another for another seed', () => {
    const now = new Date('2026-02-03T04:05:06.789Z');
    const event = (seed: number) => customers.generate({ faker: seeded(seed), now });
    expect(event(7)).toEqual(event(7));
    expect(event(7).uuid).not.toBe(event(8).uuid);
  });

  it('is what a JSON reader gets back', () => {
    const event = customers.generate({ faker: seeded(1), now: new Date(0) });
    expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  });
});

describe('the customers dataset', () => {
  it("has the article's seven fields, with the time as a timestamp", () => {
    const types = Object.entries(customers.columns).map(([name, { type }]) => `${name} ${type}`);
    expect(types).toEqual([
      'uuid string',
      'event_date timestamp',
      'status string',
      'name string',
      'last_name string',
      'email string',
      'phone string',
    ]);
  });

  it('is identified and partitioned by uuid', () => {
    expect(customers).toMatchObject({ identity: 'uuid', partitionKey: 'uuid', time: 'event_date' });
  });
});
