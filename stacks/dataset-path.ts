import { Construct } from 'constructs';
import type { Dataset } from '../datasets/index.js';
import type { Names, Settings } from '../settings/index.js';
import type { Account } from './account.js';
import type { Bucket } from './bucket.js';
import type { Database } from './database.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliveryRole } from './delivery-role.js';
import { DeliveryStream } from './delivery-stream.js';
import type { Key } from './key.js';
import { prefixesOf } from './prefixes.js';
import { Stream } from './stream.js';
import { Table } from './table.js';

/** What the path of one dataset is made from. */
export interface DatasetPathProps {
  /** What the data is. */
  readonly dataset: Dataset;
  /** What differs between environments. */
  readonly settings: Settings;
  /** What everything is called. */
  readonly names: Names;
  /** The account that it all belongs to. */
  readonly account: Account;
  /** The key that it all is encrypted with. */
  readonly key: Key;
  /** The bucket that the data ends in. */
  readonly data: Bucket;
  /** The database that the table belongs to. */
  readonly database: Database;
}

/**
 * The way of one dataset into the lake: a Kinesis stream takes its events in, a delivery stream makes Parquet of them,
 * a table finds the Parquet.
 *
 * @example
 * new DatasetPath(this, customers.name, { dataset: customers, settings, names, account, key, data, database });
 */
export class DatasetPath extends Construct {
  readonly stream: Stream;
  readonly table: Table;
  readonly delivery: DeliveryStream;

  constructor(
    scope: Construct,
    id: string,
    { dataset, settings, names, account, key, data, database }: DatasetPathProps,
  ) {
    super(scope, id);
    const { name } = dataset;
    const prefixes = prefixesOf(names.table(name));

    this.stream = new Stream(this, 'stream', { name: names.stream(name), key, ...settings.stream });
    this.table = new Table(this, 'table', {
      name: names.table(name),
      dataset,
      database,
      bucket: data,
      folder: prefixes.folder,
      ...settings.catalog,
    });
    const log = new DeliveryLog(this, 'log', {
      name: names.deliveryLogGroup(name),
      key,
      retentionDays: settings.logs.retentionDays,
    });
    const role = new DeliveryRole(this, 'role', {
      name: names.deliveryRole(name),
      account,
      statements: [
        this.stream.readStatement(),
        ...data.writeStatements([prefixes.folder, prefixes.errorsFolder, prefixes.sourceFolder]),
        key.useStatement(['kinesis', 's3']),
        this.table.readSchemaStatement(account),
        log.writeStatement(),
      ],
    });
    this.delivery = new DeliveryStream(this, 'delivery', {
      name: names.deliveryStream(name),
      stream: this.stream,
      table: this.table,
      bucket: data,
      prefixes,
      key,
      role,
      log,
      ...settings.delivery,
    });
  }
}
