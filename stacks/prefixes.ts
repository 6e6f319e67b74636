import { FOLDERS, PARTITIONS } from '../settings/index.js';

/** Where in the bucket a delivery stream puts what it writes. */
export interface Prefixes {
  /** The folder of the table's data; ends in `/`, as do the others. */
  readonly folder: string;
  /** The folder of the records that could not be delivered, outside the table's. */
  readonly errorsFolder: string;
  /** The folder of the records as they came, outside the table's. */
  readonly sourceFolder: string;
  /** The folder of the marks on failed and source records that were sent again, outside the table's. */
  readonly marksFolder: string;
  /** The folder of the tables that people make, outside the table's. */
  readonly movementsFolder: string;
  /** Firehose's prefix of the Parquet objects. */
  readonly data: string;
  /** Firehose's prefix of the failed records: by the kind of failure, then by date. */
  readonly errors: string;
  /** Firehose's prefix of the source records. */
  readonly source: string;
}

/** Where the delivery stream of `table` writes: its data in the folders that the table's projection looks for. */
export function prefixesOf(table: string): Prefixes {
  const [folder, errorsFolder, sourceFolder] = [
    `${table}/`,
    `${FOLDERS.errors}${table}/`,
    `${FOLDERS.source}${table}/`,
  ];
  const hour = PARTITIONS.map(({ name, format }) => `${name}=!{timestamp:${format}}/`).join('');
  return {
    folder,
    errorsFolder,
    sourceFolder,
    marksFolder: FOLDERS.redriven,
    movementsFolder: FOLDERS.movements,
    data: `${folder}${hour}`,
    errors: `${errorsFolder}!{firehose:error-output-type}/${hour}`,
    source: `${sourceFolder}${hour}`,
  };
}
