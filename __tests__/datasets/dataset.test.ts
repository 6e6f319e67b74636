import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../datasets/dataset.js';
import { type Columns, defineDataset, InvalidDatasetError, type TypedDataset } from '../../datasets/index.js';
import { pageViews } from './page-views.js';

/** The tiny dataset with something changed, as a program without types could change it. */
const changed = (change: object) => defineDataset({ ...pageViews, ...change } as TypedDataset<Columns>);
const withColumn = (name: string, type: string) =>
  changed({ columns: { ...pageViews.columns, [name]: { type, comment: 'Odd.' } } });

describe('defineDataset', () => {
  it('gives a good dataset back as it is', () => {
    expect(changed({})).toEqual(pageViews);
  });

  it.each(['Page', 'page-views', '1st', '', 'a b', 'ä', `a${'b'.repeat(64)}`])(
    'refuses the name %j, which something on the path would have to quote',
    (name) => {
      expect(() => changed({ name })).toThrow(InvalidDatasetError);
      expect(() => changed({ name })).toThrow(/its name must be a lower-case letter/);
    },
  );

  it('takes every name of lower-case letters, digits and underscores', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_]{0,63}$/), (name) => changed({ name }).name === name),
    );
  });

  it('refuses a dataset without columns', () => {
    expect(() => changed({ columns: {} })).toThrow('Dataset "page_views": it has no columns');
  });

  it('refuses a column whose name needs quotes, naming it', () => {
    expect(() => withColumn('viewedAt', 'string')).toThrow(/column "viewedAt" must be named by/);
  });

  it('refuses a column of a type that Glue does not know, wherever it stands', () => {
    expect(() => withColumn('size', 'number')).toThrow(
      'column "size" has type "number", which Glue does not know',
    );
  });

  it.each(['identity', 'time', 'partitionKey'])('refuses a %s that is no column', (role) => {
    expect(() => changed({ [role]: 'nowhere' })).toThrow(
      `${role} names column "nowhere", which it does not have`,
    );
  });

  it.each(['toString', 'constructor', '__proto__'])(
    'does not take %s, which every object has, for a column',
    (name) => {
      expect(() => changed({ identity: name })).toThrow(`identity names column "${name}"`);
    },
  );
});

describe('a list of datasets', () => {
  it('takes datasets of different columns', () => {
    const list: readonly Dataset[] = [pageViews];
    expect(list).toHaveLength(1);
  });
});
