import type { Deserializer } from '../engine/conversion.js';
import type { Destination } from './delivery-entry.js';

export type Conversion = NonNullable<Destination['DataFormatConversionConfiguration']>;

/** How a destination converts records; undefined where it delivers them as they came. Not to say is to convert. */
export function convertedBy(destination: Destination): Conversion | undefined {
  const conversion = destination.DataFormatConversionConfiguration;
  return conversion?.Enabled === false ? undefined : conversion;
}

/** How the records' JSON is read. */
export function deserializerOf({ InputFormatConfiguration: input }: Conversion): Deserializer {
  const { OpenXJsonSerDe: openX, HiveJsonSerDe: hive } = input?.Deserializer ?? {};
  if (hive) return { kind: 'hive', timestampFormats: hive.TimestampFormats ?? [] };
  return {
    kind: 'openx',
    isCaseInsensitive: openX?.CaseInsensitive ?? true,
    dotsToUnderscores: openX?.ConvertDotsInJsonKeysToUnderscores ?? false,
    namesByColumn: openX?.ColumnToJsonKeyMappings ?? {},
  };
}
