import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePrefix, wholeErrorPrefix, wholePrefix } from '../../../local/firehose/prefix.js';
import { checkPrefixes } from '../../../local/firehose/prefix-check.js';

const context = {
  time: Date.UTC(2026, 1, 4, 21, 5, 9, 70),
  timeZone: 'UTC',
  randomString: () => 'abcdefghijk',
};

describe('a prefix', () => {
  it('has every expression evaluated', () => {
    const prefix =
      't/!{timestamp:yyyy}/!{timestamp:MM}-!{timestamp:dd}/!{firehose:random-string}/!{firehose:error-output-type}/';
    expect(evaluatePrefix(prefix, { ...context, errorOutputType: 'format-conversion-failed' })).toBe(
      't/2026/02-04/abcdefghijk/format-conversion-failed/',
    );
  });

  it('gets another random string at each use', () => {
    let count = 0;
    const randomString = () => `random-${++count}`;
    const twice = '!{firehose:random-string}/!{firehose:random-string}/';
    expect(evaluatePrefix(twice, { ...context, randomString })).toBe('random-1/random-2/');
  });

  it('gets the hour appended as it is where it names no time', () => {
    const evaluated = (prefix?: string) => evaluatePrefix(wholePrefix(prefix), context);
    expect(evaluated('plain/')).toBe('plain/2026/02/04/21/');
    expect(evaluated('legacy')).toBe('legacy2026/02/04/21/');
    expect(evaluated()).toBe('2026/02/04/21/');
    expect(evaluated('!{firehose:random-string}/')).toBe('abcdefghijk/2026/02/04/21/');
    expect(evaluated('!{timestamp:yyyy}/')).toBe('2026/');
  });

  it('of errors is taken as it is, and made of the other where there is none', () => {
    const evaluated = (prefix?: string, errorPrefix?: string) =>
      evaluatePrefix(wholeErrorPrefix(prefix, errorPrefix), { ...context, errorOutputType: 'failed' });
    expect(evaluated('plain/', 'errors/!{firehose:error-output-type}/')).toBe('errors/failed/');
    expect(evaluated('plain/', 'errors/')).toBe('errors/');
    expect(evaluated('plain/')).toBe('plain/failed/2026/02/04/21/');
    expect(evaluated()).toBe('failed/2026/02/04/21/');
  });

  it('keeps what is not an expression as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 100 }).filter((text) => !text.includes('!{')),
        (text) => evaluatePrefix(`${text}!{timestamp:yyyy}`, context) === `${text}2026`,
      ),
    );
  });
});

describe('the rules of prefixes', () => {
  const TYPE = 'e/!{firehose:error-output-type}/';
  const RULE = 'Ths supplied prefix(es) do not satisfy the following constraint: ';

  it.each([
    ['an expression that is none', 'a/!{timestamp/', TYPE, 'Invalid expression usage'],
    ['an expression without a colon', '!{timestamp}', TYPE, 'Invalid expression usage'],
    [
      'an unknown namespace',
      '!{nonsense:x}',
      TYPE,
      'Namespace to the left of colon (nonsense) is an invalid keyword!',
    ],
    [
      'a letter that Java does not know',
      '!{timestamp:yyyy-bb}',
      TYPE,
      'Invalid conversion character used in the value of the expression in Prefix',
    ],
    [
      'a letter too often',
      '!{timestamp:ddd}',
      TYPE,
      'Invalid conversion character used in the value of the expression in Prefix',
    ],
    [
      'a quote without its end',
      "!{timestamp:yyyy'T}",
      TYPE,
      'Invalid conversion character used in the value of the expression in Prefix',
    ],
    [
      'an unknown firehose expression',
      'a/',
      '!{firehose:x}',
      'Invalid conversion character used in the value of the expression in ErrorOutputPrefix',
    ],
    [
      'error-output-type in Prefix',
      '!{firehose:error-output-type}',
      TYPE,
      'Prefix must not contain any occurrence of !{firehose:error-output-type}',
    ],
    [
      'expressions without an error prefix',
      'a/!{timestamp:yyyy}/',
      undefined,
      'ErrorOutputPrefix cannot be null or empty when Prefix contains expressions',
    ],
    [
      'an error prefix without its type',
      'a/',
      'e/!{timestamp:yyyy}/',
      'ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}',
    ],
    [
      'dynamic partitioning in the error prefix',
      'a/',
      `${TYPE}!{partitionKeyFromLambda:id}`,
      "Dynamic Partitioning Namespaces can't be part of an error prefix expression",
    ],
    [
      'dynamic partitioning, which there is none of',
      '!{partitionKeyFromQuery:id}',
      TYPE,
      "Dynamic Partitioning Namespaces can't be part of a prefix without dynamic partitioning",
    ],
    [
      'too long a prefix',
      'a'.repeat(513),
      undefined,
      'Length of evaluated prefix cannot be greater than 512',
    ],
    [
      'too long an error prefix',
      'a/',
      `${'a'.repeat(489)}!{firehose:error-output-type}`,
      'Length of evaluated ErrorOutputPrefix cannot be greater than 512',
    ],
  ])('refuse %s', (_what, prefix, errorPrefix, reason) => {
    expect(() => checkPrefixes(prefix, errorPrefix)).toThrow(
      expect.objectContaining({ code: 'InvalidArgumentException', message: RULE + reason }),
    );
  });

  // The fact: an unknown namespace, an illegal letter, error-output-type in Prefix, no error prefix, no type in it,
  // dynamic partitioning in it; whatever comes earlier is told, wherever it stands.
  it('are told in the order of AWS', () => {
    const broken = [
      ['!{bad:x}', 'keyword'],
      ['!{timestamp:b}', 'conversion character'],
      ['!{firehose:error-output-type}', 'must not contain'],
      ['!{timestamp:yyyy}', 'cannot be null'],
    ] as const;
    for (let first = 0; first < broken.length; first++) {
      const prefix = broken
        .slice(first)
        .reverse()
        .map(([text]) => text)
        .join('');
      expect(() => checkPrefixes(prefix, '')).toThrow(broken[first]?.[1]);
    }
    expect(() => checkPrefixes('a/', '!{partitionKeyFromQuery:x}')).toThrow('at least one occurrence');
    expect(() => checkPrefixes('!{timestamp:b}', '!{bad:x}')).toThrow('(bad)');
  });

  it('allow 512 characters, and no expressions at all', () => {
    expect(() => checkPrefixes('a'.repeat(512), undefined)).not.toThrow();
    expect(() => checkPrefixes(undefined, undefined)).not.toThrow();
    expect(() => checkPrefixes('a/', 'errors/')).not.toThrow();
  });
});
