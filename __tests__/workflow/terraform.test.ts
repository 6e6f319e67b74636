import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { node } from '../../workflow/checks.js';
import { isOlder } from '../../workflow/terraform.js';

describe('a version', () => {
  it.each([
    ['1.4.6', '1.5.0', true],
    ['1.5.0', '1.5.0', false],
    ['1.10.0', '1.9.9', false],
    ['1.9.9', '1.10.0', true],
    ['2.0.0', '1.11.0', false],
    ['1.11.0-beta1', '1.11.0', false],
  ])('%s against %s: older is %s', (version, oldest, expected) => {
    expect(isOlder(version, oldest)).toBe(expected);
  });

  it('is older than another, or the other than it, or both are the same', () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(version, version, (one, other) => {
        expect([isOlder(one, other), isOlder(other, one)].filter(Boolean)).toHaveLength(
          one === other ? 0 : 1,
        );
      }),
    );
  });
});

describe('Node', () => {
  it.each([
    ['18.20.0', 'wrong'],
    ['20.18.3', 'wrong'],
    ['20.19.0', 'ok'],
    ['22.4.0', 'ok'],
    ['24.0.0', 'note'],
  ])('%s is %s', (version, verdict) => {
    expect(node(version).verdict).toBe(verdict);
  });
});
