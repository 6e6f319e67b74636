import { describe, expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { ENVIRONMENTS } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import { type Properties, resourcesOf, settingsOf, synthesize } from './synthesized.js';

describe.each(ENVIRONMENTS)('in %s', (environment) => {
  const settings = settingsOf(environment);
  const stack = synthesize(settings, [customers, pageViews]);
  const tables = resourcesOf(stack, 'aws_glue_catalog_table');
  const deliveries = resourcesOf(stack, 'aws_kinesis_firehose_delivery_stream');
  const paths = deliveries.map((delivery, index) => {
    const destination = delivery.extended_s3_configuration as Properties;
    const table = tables[index] as Properties;
    const { location } = table.storage_descriptor as { location: string };
    return {
      destination,
      table,
      backup: destination.s3_backup_configuration as Properties,
      folder: location.replace('s3://${aws_s3_bucket.data.bucket}/', ''),
    };
  });

  it("a delivery stream writes where its table's projection looks", () => {
    expect(paths.map(({ folder }) => folder)).toEqual(['customers/', 'page_views/']);
    for (const { folder, destination, table } of paths) {
      const keys = table.partition_keys as readonly Properties[];
      const formats: Record<string, string> = { year: 'yyyy', month: 'MM', day: 'dd', hour: 'HH' };
      const folders = keys.map(({ name }) => `${name}=!{timestamp:${formats[String(name)]}}/`).join('');
      expect(destination.prefix).toBe(`${folder}${folders}`);
      expect(keys.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'year string',
        'month string',
        'day string',
        'hour string',
      ]);
      expect(table.parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.year.type': 'integer',
        'projection.year.range': `${settings.catalog.firstYear},${settings.catalog.lastYear}`,
        'projection.year.digits': '4',
        'projection.month.range': '1,12',
        'projection.day.range': '1,31',
        'projection.hour.range': '0,23',
        'projection.hour.digits': '2',
      });
    }
  });

  it('failed and source records stay outside every table, apart by dataset', () => {
    for (const { destination, backup } of paths) {
      for (const { folder } of paths) {
        for (const prefix of [destination.error_output_prefix, backup.prefix, backup.error_output_prefix]) {
          expect(String(prefix).startsWith(folder)).toBe(false);
        }
      }
      expect(destination.error_output_prefix).toContain(
        '/!{firehose:error-output-type}/year=!{timestamp:yyyy}/',
      );
    }
    const elsewhere = paths.flatMap(({ destination, backup }) => [
      destination.error_output_prefix,
      backup.prefix,
    ]);
    expect(new Set(elsewhere).size).toBe(4);
  });

  it('marks on what was sent again are kept as long as what they are about', () => {
    const rules = resourcesOf(stack, 'aws_s3_bucket_lifecycle_configuration').flatMap(
      ({ rule }) => rule as readonly { filter: [{ prefix?: string }]; expiration?: [{ days?: number }] }[],
    );
    const daysOf = (folder: string) =>
      rules.find(({ filter }) => filter[0].prefix === folder)?.expiration?.[0].days ?? 0;
    expect(daysOf('redriven/')).toBe(Math.max(daysOf('errors/'), daysOf('source/')));
    expect(daysOf('redriven/')).toBeGreaterThan(0);
  });

  it('a delivery stream makes Snappy Parquet of OpenX JSON by the newest version of its table', () => {
    for (const { destination, table } of paths) {
      expect(destination).toMatchObject({
        buffering_size: settings.delivery.bufferMiB,
        buffering_interval: settings.delivery.bufferSeconds,
        compression_format: 'UNCOMPRESSED',
        s3_backup_mode: 'Enabled',
        data_format_conversion_configuration: {
          enabled: true,
          input_format_configuration: { deserializer: { open_x_json_ser_de: {} } },
          output_format_configuration: { serializer: { parquet_ser_de: { compression: 'SNAPPY' } } },
          schema_configuration: { version_id: 'LATEST' },
        },
      });
      const { schema_configuration: schema } = destination.data_format_conversion_configuration as {
        schema_configuration: Properties;
      };
      expect(schema.table_name).toMatch(`_${table.name}_table_`);
    }
  });

  it('a delivery stream logs its deliveries and its backups, each in a log stream that there is', () => {
    const names = resourcesOf(stack, 'aws_cloudwatch_log_stream').map(({ name }) => name);
    expect(names.sort()).toEqual([
      'BackupDelivery',
      'BackupDelivery',
      'DestinationDelivery',
      'DestinationDelivery',
    ]);
    for (const { destination, backup } of paths) {
      for (const place of [destination, backup]) {
        expect(place.cloudwatch_logging_options).toMatchObject({
          enabled: true,
          log_group_name: expect.stringContaining('aws_cloudwatch_log_group.'),
          log_stream_name: expect.stringContaining('aws_cloudwatch_log_stream.'),
        });
      }
    }
  });

  it('a delivery stream waits for the permissions of its role', () => {
    for (const { depends_on } of deliveries)
      expect(depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\./)]);
  });

  it("a stream's capacity and retention are those of the settings", () => {
    const { capacity, retentionHours } = settings.stream;
    for (const stream of resourcesOf(stack, 'aws_kinesis_stream')) {
      expect(stream).toMatchObject({
        retention_period: retentionHours,
        stream_mode_details: { stream_mode: capacity.mode === 'on-demand' ? 'ON_DEMAND' : 'PROVISIONED' },
      });
      expect(stream.shard_count).toBe(capacity.mode === 'provisioned' ? capacity.shards : undefined);
    }
  });

  it('results of movements expire with those of queries, and what was made beside them stays', () => {
    const rules = resourcesOf(stack, 'aws_s3_bucket_lifecycle_configuration')
      .filter(({ bucket }) => bucket === '${aws_s3_bucket.data.id}')
      .flatMap(({ rule }) => rule as LifecycleRule[]);
    const daysOf = (key: string) =>
      rules.flatMap(({ filter: [filter], expiration: [expiration] = [] }) =>
        filter?.prefix !== undefined && key.startsWith(filter.prefix) && expiration ? [expiration.days] : [],
      );
    for (const digit of '0123456789abcdef')
      expect(daysOf(`movements/${digit}7e3fe5b-60d6-4fd2.csv`)).toEqual([settings.storage.resultDays]);
    for (const key of ['tables/e3fe5b60/part', 'tables/e3fe5b60-manifest.csv', 'unloaded/e3fe5b60/part'])
      expect(daysOf(`movements/${key}`)).toEqual([]);
  });

  it('a query is stopped at the scan limit, counted as Athena counts MB', () => {
    const workgroup = {
      configuration: { bytes_scanned_cutoff_per_query: settings.query.scanLimitMB * 1_048_576 },
    };
    expect(resourcesOf(stack, 'aws_athena_workgroup')).toMatchObject([workgroup, workgroup]);
  });
});

interface LifecycleRule {
  readonly filter: readonly { readonly prefix?: string }[];
  readonly expiration?: readonly { readonly days?: number }[];
}
