import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { ENVIRONMENTS } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import { type Properties, resourcesOf, settingsOf, synthesize } from './synthesized.js';

const both = synthesize(settingsOf('dev'), [customers, pageViews]);

describe('the stack of an environment', () => {
  it.each(ENVIRONMENTS)('is, in %s, the one that was last reviewed', async (environment) => {
    const stack = synthesize(settingsOf(environment));
    await expect(`${JSON.stringify(stack, null, 2)}
`).toMatchFileSnapshot(`__snapshots__/lakehouse-${environment}.json`);
  });

  it('is in local the same as in dev, but for names, the provider, a buffer of 1 s and the end of the data', () => {
    const [dev, local] = (['dev', 'local'] as const).map(
      (environment) => synthesize(settingsOf(environment)).resource,
    );
    const asInDev = JSON.stringify(local)
      .replaceAll(/lakehouse([-_])local/g, 'lakehouse$1dev')
      .replaceAll('the local lakehouse', 'the dev lakehouse')
      .replaceAll('The local lakehouse', 'The dev lakehouse')
      .replaceAll('"buffering_interval":1,', '"buffering_interval":120,')
      .replaceAll('"force_destroy":true', '"force_destroy":false');
    expect(JSON.parse(asInDev)).toEqual(dev);
  });
});

describe('each dataset of a stack', () => {
  it.each([
    'aws_kinesis_stream',
    'aws_kinesis_firehose_delivery_stream',
    'aws_glue_catalog_table',
    'aws_iam_role',
  ])('has an %s of its own', (type) => {
    expect(resourcesOf(both, type)).toHaveLength(2);
    expect(new Set(resourcesOf(both, type).map(({ name }) => name)).size).toBe(2);
  });

  it('gives its table its columns, with their types and comments', () => {
    const table = resourcesOf(both, 'aws_glue_catalog_table').find(({ name }) => name === 'page_views');
    expect(table?.description).toBe(pageViews.comment);
    expect(table?.storage_descriptor).toMatchObject({
      columns: Object.entries(pageViews.columns).map(([name, { type, comment }]) => ({
        name,
        type,
        comment,
      })),
    });
  });

  it('is in the outputs by its name', () => {
    expect(Object.keys(both.output).sort()).toEqual([
      'bucket',
      'database',
      'delivery_streams',
      'results_bucket',
      'streams',
      'tables',
      'workgroup',
    ]);
    for (const output of ['streams', 'delivery_streams', 'tables']) {
      expect(Object.keys(both.output[output]?.value as object)).toEqual(['customers', 'page_views']);
    }
  });

  it('may be called as anything else in the stack is', () => {
    for (const name of ['key', 'data', 'results', 'catalog', 'queries', 'account', 'datasets', 'streams']) {
      const named = synthesize(settingsOf('dev'), [{ ...pageViews, name }]);
      expect(resourcesOf(named, 'aws_glue_catalog_table')).toMatchObject([{ name }]);
    }
  });

  it('has a name that no other has', () => {
    expect(() => synthesize(settingsOf('dev'), [pageViews, customers, { ...customers }])).toThrow(
      'lakehouse-dev: a dataset is "customers", but must be named as no other dataset is.',
    );
  });
});

describe('the provider', () => {
  it('is AWS itself in dev and prod: no endpoint and no credentials stand in the configuration', () => {
    for (const environment of ['dev', 'prod'] as const) {
      const [provider = {}] = synthesize(settingsOf(environment)).provider.aws;
      expect(Object.keys(provider).sort()).toEqual(['default_tags', 'region']);
    }
  });

  it('has in local an endpoint for the service of every resource', () => {
    const configuration = synthesize(settingsOf('local'));
    const [provider = {}] = configuration.provider.aws;
    const [endpoints] = provider.endpoints as [Properties];
    const prefixes: Record<string, string> = {
      aws_athena: 'athena',
      aws_cloudwatch_log: 'logs',
      aws_glue: 'glue',
      aws_iam: 'iam',
      aws_kinesis_firehose: 'firehose',
      aws_kinesis_stream: 'kinesis',
      aws_kms: 'kms',
      aws_s3: 's3',
    };
    for (const type of Object.keys(configuration.resource)) {
      const service = Object.entries(prefixes).find(([prefix]) => type.startsWith(prefix))?.[1] ?? type;
      expect(endpoints[service], type).toBe('http://127.0.0.1:4566');
    }
    expect(endpoints.sts).toBe('http://127.0.0.1:4566');
  });

  it('tags everything with project and environment', () => {
    const [provider] = both.provider.aws;
    expect(provider?.default_tags).toEqual([{ tags: { project: 'lakehouse', environment: 'dev' } }]);
  });
});
