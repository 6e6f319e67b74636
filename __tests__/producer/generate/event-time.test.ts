import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventTime } from '../../../producer/generate/event-time.js';

it('has the text that a date has, in whatever order it is asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true })), (dates) => {
      for (const date of dates) expect(eventTime(date.getTime()).toISOString()).toBe(date.toISOString());
    }),
  );
});

it('is a date for those who change it', () => {
  const time = eventTime(1);
  time.setUTCFullYear(2020);
  expect(time.toISOString()).toBe('2020-01-01T00:00:00.001Z');
});
