import { describe, expect, it } from 'vitest';
import { Block } from '../../../local/provision/block.js';
import type { JsonObject } from '../../../local/provision/configuration.js';
import { ProvisionError } from '../../../local/provision/provision-error.js';

const block = (values: JsonObject) => new Block('aws_thing.x', values, (value) => value);

describe('a block', () => {
  it('gives properties by their types, as Terraform reads them', () => {
    const it = block({ a: 'text', b: '5', c: 'true', d: { k: 1 }, e: 7, f: false });
    expect(it.text('a')).toBe('text');
    expect(it.numberIfSet('b')).toBe(5);
    expect(it.flagIfSet('c')).toBe(true);
    expect(it.textsIfSet('d')).toEqual({ k: '1' });
    expect(it.text('e')).toBe('7');
    expect(it.flagIfSet('f')).toBe(false);
    expect(it.textIfSet('none')).toBeUndefined();
  });

  it('has an inner block as an object or as a list of one', () => {
    expect(
      block({ in: { a: '1' } })
        .block('in')
        ?.text('a'),
    ).toBe('1');
    expect(
      block({ in: [{ a: '1' }] })
        .block('in')
        ?.text('a'),
    ).toBe('1');
    expect(block({}).block('in')).toBeUndefined();
  });

  it.each<[string, (it: Block) => unknown]>([
    ['none is not set, but must be text', (it) => it.text('none')],
    ['a is "x", but must be a number', (it) => it.numberIfSet('a')],
    ['a is "x", but must be true or false', (it) => it.flagIfSet('a')],
    ['a is "x", but must be a block', (it) => it.block('a')],
    ['two is [{},{}], but must be one block', (it) => it.block('two')],
  ])('refuses what is of another type: %s', (message, read) => {
    const it = block({ a: 'x', two: [{}, {}] });
    expect(() => read(it)).toThrow(ProvisionError);
    expect(() => read(it)).toThrow(`aws_thing.x: ${message}`);
  });

  it.each(['count', 'for_each', 'dynamic'])('refuses %s, which makes several of one', (name) => {
    expect(() => block({ [name]: 2 })).toThrow(`aws_thing.x: cannot resolve ${name}`);
  });

  it('knows what nobody asked it for', () => {
    const it = block({ a: '1', b: '2', depends_on: [], in: { c: '3', d: { e: '4' } } });
    it.text('a');
    it.block('in')?.block('d');
    expect(it.unread()).toEqual(['b', 'in.c', 'in.d.e']);
  });
});
