import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { datasetQueries } from '../../queries/index.js';
import type { Settings } from '../../settings/index.js';
import { LakehouseStack } from '../../stacks/lakehouse-stack.js';
import { pageViews } from '../datasets/page-views.js';
import { differences, forReview } from './review.js';
import {
  appForTests,
  type Properties,
  resourcesOf,
  settingsOf,
  synthesize,
  withEverything,
} from './synthesized.js';

const both = synthesize(settingsOf('dev'), [customers, pageViews]);

describe('the stack of an environment', () => {
  const dev = synthesize(settingsOf('dev'));

  it('is, in dev, the one that was last reviewed', async () => {
    await expect(forReview(dev)).toMatchFileSnapshot('__snapshots__/lakehouse-dev.yaml');
  });

  it.each(['local', 'prod'] as const)(
    'differs, in %s, from that of dev in what was last reviewed',
    async (environment) => {
      const others = differences(synthesize(settingsOf(environment)), dev);
      await expect(others).toMatchFileSnapshot(`__snapshots__/lakehouse-${environment}-from-dev.txt`);
    },
  );
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
      'analyst_policy',
      'bucket',
      'database',
      'delivery_streams',
      'logs_bucket',
      'movements_workgroup',
      'mover_policy',
      'producer_policy',
      'redriver_policy',
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

describe('a named query', () => {
  it('has a name that no other has, that of a dataset by its arrival included', () => {
    const query = { name: 'customers-by-arrival', description: 'Twice.', sql: 'SELECT 1', parameters: [] };
    const build = () =>
      new LakehouseStack(appForTests(), 'lakehouse-dev', {
        settings: settingsOf('dev'),
        datasets: [customers],
        queries: [query],
      });
    expect(build).toThrow(
      'lakehouse-dev: a named query is "customers-by-arrival", but must be named as no other named query is.',
    );
  });

  it('is not too long, however many columns its dataset has', () => {
    const columns = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `measurement_of_sensor_${index}`,
        { type: 'double' as const, comment: 'What it measured.' },
      ]),
    );
    const wide = { ...pageViews, name: 'wide', columns: { ...pageViews.columns, ...columns } };
    const build = () =>
      new LakehouseStack(appForTests(), 'lakehouse-dev', {
        settings: settingsOf('dev'),
        datasets: [wide],
        queries: datasetQueries(wide),
      });
    expect(build).not.toThrow();
  });

  it('keeps what Terraform would take for a template of its own', () => {
    const queries = resourcesOf(both, 'aws_athena_named_query');
    expect(queries.map(({ name }) => name)).toContain('page_views-by-arrival');
    for (const { query } of queries) expect(query).not.toMatch(/(^|[^$%])[$%]\{/);
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
    const configuration = synthesize(withEverything('local'));
    const [provider = {}] = configuration.provider.aws;
    const [endpoints] = provider.endpoints as [Properties];
    const prefixes: Record<string, string> = {
      aws_athena: 'athena',
      aws_budgets: 'budgets',
      aws_cloudwatch_dashboard: 'cloudwatch',
      aws_cloudwatch_metric: 'cloudwatch',
      aws_cloudwatch_log: 'logs',
      aws_glue: 'glue',
      aws_iam: 'iam',
      aws_kinesis_firehose: 'firehose',
      aws_kinesis_stream: 'kinesis',
      aws_kms: 'kms',
      aws_s3: 's3',
      aws_sns: 'sns',
    };
    for (const type of Object.keys(configuration.resource)) {
      const service = Object.entries(prefixes).find(([prefix]) => type.startsWith(prefix))?.[1] ?? type;
      expect(endpoints[service], type).toBe('http://127.0.0.1:4566');
    }
    expect(endpoints.sts).toBe('http://127.0.0.1:4566');
  });

  it('tags everything with project, environment, owner and cost centre', () => {
    const [provider] = both.provider.aws;
    expect(provider?.default_tags).toEqual([
      {
        tags: {
          project: 'lakehouse',
          environment: 'dev',
          owner: 'data-engineering',
          'cost-centre': 'lakehouse',
        },
      },
    ]);
  });

  it('takes no accounts but those that the settings name', () => {
    const named = synthesize({ ...settingsOf('dev'), accounts: ['123456789012'] });
    expect(named.provider.aws).toMatchObject([{ allowed_account_ids: ['123456789012'] }]);
  });
});

describe('the state', () => {
  const backendOf = (settings: Settings) => synthesize(settings).terraform;

  it('is in a file, for Terraform 1.5 or newer, unless the settings say otherwise', () => {
    expect(backendOf(settingsOf('dev'))).toMatchObject({ required_version: '>= 1.5.0' });
    expect(backendOf(settingsOf('dev')).backend).toBeUndefined();
  });

  it('is in S3 where they do, encrypted, locked by a file, for Terraform 1.11 or newer', () => {
    const state = { backend: 's3', bucket: 'lakehouse-state-us-east-1-123456789012' } as const;
    expect(backendOf({ ...settingsOf('dev'), state })).toMatchObject({
      required_version: '>= 1.11.0',
      backend: {
        s3: {
          bucket: state.bucket,
          key: 'lakehouse-dev/terraform.tfstate',
          region: 'us-east-1',
          use_lockfile: true,
        },
      },
    });
    expect(JSON.stringify(backendOf({ ...settingsOf('dev'), state }))).not.toContain('endpoint');
  });
});
