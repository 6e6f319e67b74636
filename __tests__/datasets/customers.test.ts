import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomerEvent, customers } from '../../datasets/index.js';
import { generate } from '../../producer/index.js';

const anyMoment = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const events = (seed: number, amount = 20) => [...generate(customers, { amount, seed })];

describe('a generated customers event', () => {
  it('has exactly the columns, in their order, each with the JSON type of its column', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const event of events(seed, 3)) {
          expect(Object.keys(event)).toEqual(Object.keys(customers.columns));
          expect(Object.values(event).map((value) => typeof value)).toEqual(Array(7).fill('string'));
          expect(event.event_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
          expect(['Active', 'Inactive', 'Canceled']).toContain(event.status);
          expect(event.phone).toMatch(/^9\d{8}$/);
          expect(event.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has an e-mail address that goes with the name, and is nobody’s', () => {
    for (const { name, last_name, email } of events(1, 500)) {
      const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
      expect(email).toMatch(/^[a-z]+\.[a-z]+\d{1,2}@example\.(com|net|org)$/);
      expect(email.startsWith(`${letters(name)}.${letters(last_name)}`)).toBe(true);
    }
  });

  it('happens when it is told', () => {
    fc.assert(
      fc.property(anyMoment, (now) => {
        const [event] = generate(customers, { amount: 1, clock: () => now });
        expect(event?.event_date).toBe(now.toISOString());
      }),
      { numRuns: 20 },
    );
  });

  it('is one of many', () => {
    const all = events(3, 5_000);
    const distinct = (field: keyof CustomerEvent) => new Set(all.map((event) => event[field])).size;
    expect(distinct('uuid')).toBe(5_000);
    expect(distinct('name')).toBeGreaterThan(500);
    expect(distinct('last_name')).toBeGreaterThan(300);
    expect(distinct('email')).toBeGreaterThan(4_900);
    expect(distinct('status')).toBe(3);
  });

  it('is what a JSON reader gets back', () => {
    const [event] = events(1, 1);
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
