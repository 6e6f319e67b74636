import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Form } from '../../../local/wire/form.js';

it('a form finds its fields and structures as a look at each of them would', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.'), maxLength: 6 });
  const fields = fc.array(fc.tuple(name, fc.string({ maxLength: 2 })), { maxLength: 12 });
  fc.assert(
    fc.property(fields, name, (fields, asked) => {
      const form = new Form(fields);
      const params = new URLSearchParams(fields.map(([key, value]): [string, string] => [key, value]));
      expect(form.get(asked)).toBe(params.get(asked) ?? undefined);
      expect(form.has(asked)).toBe(params.has(asked));
      const isStructure = asked !== '' && fields.some(([key]) => key.startsWith(`${asked}.`));
      if (asked !== '') expect(form.hasStructure(asked)).toBe(isStructure);
    }),
  );
});

it('a form of a hundred thousand fields is read before anybody loses patience', () => {
  const fields = Array.from(
    { length: 100_000 },
    (_, index) => [`Tags.member.${index + 1}.Key`, 'a'] as const,
  );
  const form = new Form(fields);
  // One that looked at each field for each structure would look ten thousand million times.
  const found = fields.filter((_, index) => form.hasStructure(`Tags.member.${index + 1}`));
  expect(found).toHaveLength(fields.length);
  expect(form.hasStructure('Tags.member')).toBe(true);
});
