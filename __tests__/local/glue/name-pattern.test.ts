import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameFilter } from '../../../local/glue/name-pattern.js';

it.each([
  ['orders', 'orders', true],
  ['Orders', 'ORDERS', true],
  ['orders_*', 'orders_2026', true],
  ['*_2026', 'orders_2026', true],
  ['o*s*6', 'orders_2026', true],
  ['a*a', 'a', false],
  ['*', '', true],
  ['a|b*', 'bc', true],
  ['a|b*', 'ab', false],
  ['a.c', 'abc', false],
])('the pattern %s over %s is %s', (pattern, name, isWanted) => {
  expect(nameFilter(pattern)(name)).toBe(isWanted);
});

it('a pattern means what it means as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '|'), maxLength: 10 });
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, names, (pattern, name) => {
      expect(nameFilter(pattern)(name)).toBe(new RegExp(`^(?:${pattern.replaceAll('*', '.*')})$`).test(name));
    }),
  );
});

it('a pattern that is made to take long takes no longer', () => {
  expect(nameFilter(`${'*a'.repeat(500)}*b`)('a'.repeat(255))).toBe(false);
});
