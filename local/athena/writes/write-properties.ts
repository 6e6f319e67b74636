import { QueryFault } from '../../engine/engine.js';
import type { TargetProperties, WriteRequest } from '../../engine/statement-target.js';

type Format = Pick<WriteRequest, 'format' | 'codec' | 'delimiter' | 'partitionedBy'>;

/**
 * The format that the properties of a CTAS or an UNLOAD ask for.
 * @param known other properties that the statement may have.
 * @throws QueryFault for a property or a value that Athena, or local AWS, does not have.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html
 */
export function writeFormat(properties: TargetProperties, known: readonly string[]): Format {
  const names = [...COMMON, ...known];
  const unknown = Object.keys(properties).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const isKnown = ELSEWHERE.includes(unknown);
    if (isKnown) throw refused(`The property '${unknown}'`);
    throw invalid(`Catalog 'awsdatacatalog' table property '${unknown}' does not exist`);
  }
  const format = textOf(properties, 'format')?.toUpperCase() ?? 'PARQUET';
  if (format !== 'PARQUET' && format !== 'JSON' && format !== 'TEXTFILE')
    throw refused(`The format ${format}`);
  const delimiter = textOf(properties, 'field_delimiter') ?? '\u0001';
  if ([...delimiter].length !== 1) throw invalid(`field_delimiter '${delimiter}' is not one character`);
  return { format, codec: codecOf(properties, format), delimiter, partitionedBy: partitionedBy(properties) };
}

const COMMON = ['format', 'partitioned_by', 'field_delimiter'];
/** What Athena has and local AWS has not. */
const ELSEWHERE = [
  'bucketed_by',
  'bucket_count',
  'partitioning',
  'location',
  'compression_level',
  'orc_compression',
  'format_version',
];

const CODECS: Readonly<Record<string, WriteRequest['codec']>> = {
  GZIP: 'GZIP',
  SNAPPY: 'SNAPPY',
  ZSTD: 'ZSTD',
  NONE: 'UNCOMPRESSED',
  UNCOMPRESSED: 'UNCOMPRESSED',
};

/** Athena compresses with GZIP unless it is told otherwise. */
function codecOf(properties: TargetProperties, format: Format['format']): WriteRequest['codec'] {
  const name = ['write_compression', 'parquet_compression', 'compression'].find((key) => key in properties);
  const wanted = (name && textOf(properties, name)?.toUpperCase()) ?? 'GZIP';
  const codec = Object.hasOwn(CODECS, wanted) ? CODECS[wanted] : undefined;
  const isPlain = codec === 'GZIP' || codec === 'UNCOMPRESSED';
  if (codec && (format === 'PARQUET' || isPlain)) return codec;
  throw refused(`The compression ${wanted} of ${format}`);
}

function partitionedBy({ partitioned_by: names = [] }: TargetProperties): string[] {
  if (Array.isArray(names)) return names.map((name: string) => name.toLowerCase());
  throw invalid("The property 'partitioned_by' is not an array");
}

/** @throws QueryFault where it is not text. */
export function textOf(properties: TargetProperties, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`The property '${name}' is not a text`);
}

export const invalid = (message: string) => new QueryFault('INVALID_TABLE_PROPERTY', message);

export const refused = (what: string) =>
  new QueryFault('NOT_SUPPORTED', `${what} is not supported by local AWS`);
