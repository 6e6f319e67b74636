import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

/** A Parquet file as a reader sees it that shares nothing with the one that wrote it. */
export async function readParquet(file: string) {
  const buffer = await asyncBufferFromFile(file);
  const { schema } = await parquetMetadataAsync(buffer);
  return {
    /** Physical type of each column, and what its values mean. */
    types: Object.fromEntries(
      schema
        .slice(1)
        .map(({ name, type, converted_type: converted, logical_type: logical }) => [
          name,
          `${type} ${logical?.type ?? converted ?? ''}`.trim(),
        ]),
    ),
    rows: await parquetReadObjects({ file: buffer }),
  };
}
