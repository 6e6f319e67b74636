import { Token } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidConstructError } from '../../stacks/invalid-construct-error.js';
import { lifecycleRules } from '../../stacks/lifecycle.js';
import { checkLength, checkName, checkRange } from '../../stacks/limits.js';
import { checkPrefixes } from '../../stacks/prefix-rules.js';
import { type Prefixes, prefixesOf } from '../../stacks/prefixes.js';
import { pageViews } from '../datasets/page-views.js';
import { appForTests, settingsOf, synthesize } from './synthesized.js';

const construct = new Construct(appForTests(), 'delivery');
const check = (change: Partial<Prefixes>) => () =>
  checkPrefixes(construct, { ...prefixesOf('customers'), ...change });

describe('what AWS refuses and Terraform lets pass stops the synthesis', () => {
  const dev = settingsOf('dev');

  it.each([63, 129, 64.5])('a buffer of %d MiB, in a delivery stream that converts', (bufferMiB) => {
    const settings = { ...dev, delivery: { ...dev.delivery, bufferMiB } };
    expect(() => synthesize(settings)).toThrow(InvalidConstructError);
    expect(() => synthesize(settings)).toThrow(
      `lakehouse-dev/datasets/customers/delivery: bufferMiB is ${bufferMiB}, but must be a whole number from 64 to 128.`,
    );
  });

  it.each([-1, 901])('a buffer of %d seconds', (bufferSeconds) => {
    const settings = { ...dev, delivery: { ...dev.delivery, bufferSeconds } };
    expect(() => synthesize(settings)).toThrow(/bufferSeconds is .* from 0 to 900/);
  });

  it.each(['year', 'month', 'day', 'hour', 'Hour'])('a column named %s, as a partition is', (name) => {
    const dataset = { ...pageViews, columns: { ...pageViews.columns, [name]: pageViews.columns.id } };
    expect(() => synthesize(dev, [dataset])).toThrow(
      `datasets/page_views/table: a column of dataset "page_views" is "${name}", but must be named otherwise than the table's partitions (year, month, day, hour).`,
    );
  });

  it.each([
    ['a retention of 23 hours', { stream: { ...dev.stream, retentionHours: 23 } }, /retentionHours is 23/],
    [
      'a stream without shards',
      { stream: { ...dev.stream, capacity: { mode: 'provisioned', shards: 0 } } },
      /shards is 0/,
    ],
    ['a scan limit under 10 MB', { query: { scanLimitMB: 9 } }, /scanLimitMB is 9, but must be .* 10 to/],
  ] as const)('%s', (_, change, message) => {
    expect(() => synthesize({ ...dev, ...change })).toThrow(InvalidConstructError);
    expect(() => synthesize({ ...dev, ...change })).toThrow(message);
  });

  it('a rule for a folder that does not end in a slash, and would be for others too', () => {
    const lifecycle = { uploadDays: 7, supersededDays: 7, expireFolderDays: { errors: 1 } };
    expect(() => lifecycleRules(construct, lifecycle)).toThrow(
      'delivery: a folder of its lifecycle is "errors", but must be one that ends in /.',
    );
  });

  it('a query that is longer than Athena keeps', () => {
    expect(() => checkLength(construct, 'sql', 'x'.repeat(262_145))).toThrow(
      /sql is "x+…", but must be 1 to 262144/,
    );
    expect(() => checkLength(construct, 'description', '')).toThrow(InvalidConstructError);
  });

  it('a dataset whose name makes too long a delivery stream of it', () => {
    const name = 'a'.repeat(51);
    expect(() => synthesize(dev, [{ ...pageViews, name }])).toThrow(
      /name is "lakehouse-dev-a+.*", but must be 1 to 64/,
    );
  });

  it.each(['errors', 'source', 'redriven'])(
    'a table called %s, whose folder would hold what is no data',
    (name) => {
      expect(() => synthesize(dev, [{ ...pageViews, name }])).toThrow(`outside the table's folder ${name}/`);
    },
  );

  it.each([
    ['lakehouse-dev', 'catalog'],
    ['1st', 'catalog'],
    ['a', 'bucket'],
    ['Upper', 'bucket'],
    ['-a-', 'bucket'],
    ['with space', 'stream'],
    ['a'.repeat(129), 'stream'],
    ['a'.repeat(65), 'deliveryStream'],
    ['with/slash', 'workgroup'],
    ['', 'role'],
    ['a'.repeat(65), 'role'],
    ['wild*', 'logGroup'],
    ['a'.repeat(129), 'policy'],
    ['with space', 'policy'],
    ['dot.dot', 'topic'],
    ['with space', 'dashboard'],
    ['line\nbreak', 'alarm'],
    ['', 'namedQuery'],
  ] as const)('the name %j of a %s', (name, rule) => {
    expect(() => checkName(construct, rule, name)).toThrow(InvalidConstructError);
  });
});

describe('prefixes', () => {
  it('of every table name are taken by Firehose', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_]{0,63}$/), (table) => {
        fc.pre(!['errors', 'source', 'redriven', 'movements'].includes(table));
        checkPrefixes(construct, prefixesOf(table));
      }),
    );
  });

  it.each<[string, Partial<Prefixes>, RegExp]>([
    [
      'an error prefix without the type of error',
      { errors: 'errors/!{timestamp:yyyy}/' },
      /with !\{firehose:error-output-type\}/,
    ],
    [
      'the type of error where data goes',
      { data: 'customers/!{firehose:error-output-type}/' },
      /without error-output-type/,
    ],
    ['an unknown namespace', { data: 'customers/!{time:yyyy}/' }, /of timestamp or firehose/],
    [
      'dynamic partitioning',
      { data: 'customers/!{partitionKeyFromQuery:status}/' },
      /no dynamic partitioning/,
    ],
    [
      'an unknown word of Firehose',
      { data: 'customers/!{firehose:uuid}/' },
      /error-output-type or random-string/,
    ],
    ['a letter that is no part of a date', { data: 'customers/!{timestamp:yyyy-bb}/' }, /DateTimeFormatter/],
    ['a prefix that runs into the name of the object', { source: 'source/customers' }, /ends in \//],
    [
      'errors among the data',
      { errors: 'customers/errors/!{firehose:error-output-type}/' },
      /outside the table's folder/,
    ],
    ['source records among the data', { source: 'customers/source/' }, /outside the table's folder/],
    ['marks among the data', { marksFolder: 'customers/redriven/' }, /outside the table's folder/],
    ['made tables among the data', { movementsFolder: 'customers/movements/' }, /outside the table's folder/],
    ['a prefix too long', { source: `source/${'a'.repeat(510)}/` }, /at most 512/],
  ])('with %s are refused', (_, change, message) => {
    expect(check(change)).toThrow(message);
    expect(check(change)).toThrow(InvalidConstructError);
  });

  it('may quote text in a timestamp, and hold a random string', () => {
    expect(check({ data: "customers/!{timestamp:yyyy'b'MM}/!{firehose:random-string}/" })).not.toThrow();
  });
});

describe('what only Terraform can resolve', () => {
  it('passes every check', () => {
    const text = Token.asString({ resolve: () => 'later' });
    expect(() => checkName(construct, 'catalog', text)).not.toThrow();
    expect(() => checkRange(construct, 'bufferMiB', Token.asNumber({ resolve: () => 1 }))).not.toThrow();
    expect(check({ folder: text, data: text, errors: text, source: text })).not.toThrow();
  });
});
