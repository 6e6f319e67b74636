import { describe, expect, it } from 'vitest';
import { projectionOf } from '../../../local/athena/projection.js';

const project = (parameters: Record<string, string>) => {
  const [column] = projectionOf({ 'projection.enabled': 'true', ...parameters }, ['c'], 0) ?? [];
  if (!column) throw new Error('There is no projection.');
  return column;
};

describe('partition projection', () => {
  it('is off unless it is enabled', () => {
    expect(projectionOf({ 'projection.c.type': 'integer' }, ['c'], 0)).toBeUndefined();
    expect(projectionOf({ 'projection.enabled': 'false' }, ['c'], 0)).toBeUndefined();
  });

  it.each([
    ['01', true],
    ['12', true],
    ['1', false],
    ['001', false],
    ['13', false],
    ['00', false],
    ['x', false],
  ])('of integers with two digits from 1 to 12 has %s: %s', (value, expected) => {
    const within = project({
      'projection.c.type': 'integer',
      'projection.c.range': '1,12',
      'projection.c.digits': '2',
    });
    expect(within(value)).toBe(expected);
  });

  it('of integers goes by the interval', () => {
    const within = project({
      'projection.c.type': 'integer',
      'projection.c.range': '0,23',
      'projection.c.interval': '6',
    });
    expect(['0', '6', '12', '18'].every(within)).toBe(true);
    expect(within('5')).toBe(false);
  });

  it('of an enum has its values', () => {
    const within = project({ 'projection.c.type': 'enum', 'projection.c.values': 'a, b' });
    expect(within('b')).toBe(true);
    expect(within('c')).toBe(false);
  });

  it.each([
    [{ 'projection.c.type': 'integer', 'projection.c.range': '5' }, /range/],
    [{ 'projection.c.type': 'integer', 'projection.c.range': '9,1' }, /range/],
    [{ 'projection.c.type': 'enum' }, /values/],
    [{ 'projection.c.type': 'other' }, /other/],
    [{}, /projection\.c\.type/],
  ])('that cannot be used is refused by name: %j', (parameters, reason) => {
    expect(() => project(parameters as Record<string, string>)).toThrow(reason);
  });
});
