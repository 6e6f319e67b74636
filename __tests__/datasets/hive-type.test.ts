import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHiveType } from '../../datasets/hive-type.js';

describe('isHiveType', () => {
  it.each([
    'string',
    'boolean',
    'tinyint',
    'smallint',
    'int',
    'bigint',
    'float',
    'double',
    'date',
    'timestamp',
  ])('knows %s, alone and in an array', (type) => {
    expect(isHiveType(type)).toBe(true);
    expect(isHiveType(`array<${type}>`)).toBe(true);
  });

  it.each([
    '',
    'String',
    'integer',
    'number',
    'varchar',
    'map<string,string>',
    'array<>',
    'array<array<int>>',
    'decimal',
    'int ',
  ])('does not know %j', (type) => {
    expect(isHiveType(type)).toBe(false);
  });

  it('knows a decimal by its precision of 1 to 38 and a scale within it', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (precision, scale) => {
        const possible = precision >= 1 && precision <= 38 && scale <= precision;
        expect(isHiveType(`decimal(${precision},${scale})`)).toBe(possible);
      }),
    );
  });
});
