import { describe, expect, it } from 'vitest';
import { datasets as all } from '../../datasets/index.js';
import { generate } from '../../producer/index.js';
import { ENVIRONMENTS, namesFor, PARTITIONS } from '../../settings/index.js';
import { pageViews } from '../datasets/page-views.js';
import { type Properties, settingsOf, synthesize } from './synthesized.js';

interface Column {
  readonly name: string;
  readonly type: string;
}

describe.each(ENVIRONMENTS)('in %s, what one end of the path says the other understands:', (environment) => {
  const settings = settingsOf(environment);
  const datasets = [...all, pageViews];
  const { resource } = synthesize(settings, datasets);

  describe.each(datasets)('$name', (dataset) => {
    const byName = (type: string, name: string) => {
      const [address, properties] =
        Object.entries(resource[type] ?? {}).find(([, each]) => each.name === name) ?? [];
      return { address: `${type}.${address}`, properties: properties as Properties };
    };
    const names = namesFor(settings);
    const table = byName('aws_glue_catalog_table', names.table(dataset.name));
    const stream = byName('aws_kinesis_stream', names.stream(dataset.name));
    const delivery = byName('aws_kinesis_firehose_delivery_stream', names.deliveryStream(dataset.name));
    const destination = delivery.properties.extended_s3_configuration as Properties;
    const storage = table.properties.storage_descriptor as { columns: Column[]; location: string };
    const keys = table.properties.partition_keys as Column[];
    const parameters = table.properties.parameters as Record<string, string>;

    it("the producer's event has the table's columns, in their types", () => {
      const [event] = [...generate(dataset, { amount: 1, seed: 1 })];
      const sent = JSON.parse(JSON.stringify(event)) as Record<string, unknown>;
      expect(Object.keys(sent).sort()).toEqual(storage.columns.map(({ name }) => name).sort());
      for (const { name, type } of storage.columns) expect(kindOf(sent[name])).toBe(kindFor(type));
    });

    it("Firehose converts by that table's newest version", () => {
      const conversion = destination.data_format_conversion_configuration as Record<string, Properties>;
      expect(conversion.schema_configuration).toMatchObject({
        table_name: `\${${table.address}.name}`,
        database_name: table.properties.database_name,
        version_id: 'LATEST',
      });
      const source = delivery.properties.kinesis_source_configuration as Properties;
      expect(source.kinesis_stream_arn).toBe(`\${${stream.address}.arn}`);
    });

    it('the folders that Firehose writes are those that the projection makes', () => {
      const [, , , folder] = storage.location.split('/');
      // An hour's folder as Firehose's expressions give it, and as Hive names it from the projected values.
      const at = { yyyy: '2026', MM: '02', dd: '04', HH: '09' } as Record<string, string>;
      const written = String(destination.prefix).replaceAll(
        /!\{timestamp:(\w+)\}/g,
        (_, format: string) => at[format] ?? '?',
      );
      const values = { year: 2026, month: 2, day: 4, hour: 9 } as Record<string, number>;
      const projected = keys.map(({ name }) => {
        const digits = Number(parameters[`projection.${name}.digits`]);
        return `${name}=${String(values[name]).padStart(digits, '0')}/`;
      });
      expect(written).toBe(`${folder}/${projected.join('')}`);
    });

    it('the projection has a range for each partition, and every hour is in it', () => {
      expect(parameters['projection.enabled']).toBe('true');
      expect(keys.map(({ name }) => name)).toEqual(PARTITIONS.map(({ name }) => name));
      const ranges = keys.map(({ name }) => parameters[`projection.${name}.range`]);
      const { firstYear, lastYear } = settings.catalog;
      expect(ranges).toEqual([`${firstYear},${lastYear}`, '1,12', '1,31', '0,23']);
      expect(lastYear - firstYear).toBeLessThan(10);
    });
  });
});

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

/** What JSON has for a Hive type: decimals travel as their text. */
function kindFor(type: string): string {
  if (type.startsWith('array<')) return 'array';
  if (type === 'boolean') return 'boolean';
  return /int$|^(float|double)$/.test(type) ? 'number' : 'string';
}
