import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePrefix } from '../../local/firehose/prefix.js';
import { hourFolders, objectTime } from '../../redrive/object-time.js';
import { prefixesOf } from '../../stacks/prefixes.js';

const FOLDER = 'errors/customers/format-conversion-failed/year=2026/month=11/day=22/hour=10/';
const UUID = '1234abcd-2026-11-22-1234567890ab';

describe('the time of an object', () => {
  it.each([
    [`lakehouse-dev-customers-1-2026-11-22-10-15-30-${UUID}`, '2026-11-22T10:15:30.000Z'],
    [`with-2020-01-01-00-00-00-1-2026-11-22-10-15-30-${UUID}.gz`, '2026-11-22T10:15:30.000Z'],
    // The folder decides.
    [`lakehouse-dev-customers-1-2026-11-22-09-59-59-${UUID}`, '2026-11-22T10:00:00.000Z'],
    [`lakehouse-dev-customers-1-2026-11-22-11-00-00-${UUID}`, '2026-11-22T10:59:59.999Z'],
    ['without-a-time', '2026-11-22T10:00:00.000Z'],
  ])('is the second in its name %s, within the hour of its folder', (name, time) => {
    expect(new Date(objectTime(`${FOLDER}${name}`) ?? 0).toISOString()).toBe(time);
  });

  it.each(['errors/customers/name-1-2026-11-22-10-15-30-x', 'year=2026/month=11/day=22/x', FOLDER])(
    'is not known of %s, which Firehose has not made',
    (key) => {
      expect(objectTime(key)).toBeUndefined();
    },
  );

  it('lies in the hour whose folders Firehose has put it in, whatever the time', () => {
    const times = fc.date({ min: new Date('2000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(times, (date) => {
        const context = {
          time: date.getTime(),
          timeZone: 'UTC',
          randomString: () => '',
          errorOutputType: 'x',
        };
        const folder = evaluatePrefix(prefixesOf('customers').errors, context);
        expect(folder).toBe(`errors/customers/x/${hourFolders(date.getTime())}`);
        const time = objectTime(`${folder}name`) ?? 0;
        expect(date.getTime() - time).toBeGreaterThanOrEqual(0);
        expect(date.getTime() - time).toBeLessThan(3_600_000);
      }),
    );
  });
});
