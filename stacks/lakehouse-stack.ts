import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Dataset } from '../datasets/index.js';
import type { NamedQuery as NamedQueryFile } from '../queries/index.js';
import { FOLDERS, namesFor, type Settings } from '../settings/index.js';
import { Access } from './access.js';
import { Account } from './account.js';
import { arrivalQueryOf } from './arrival-query.js';
import { keepState } from './backend.js';
import { Database } from './database.js';
import { DatasetPath } from './dataset-path.js';
import { InvalidConstructError } from './invalid-construct-error.js';
import { Key } from './key.js';
import { lakeBuckets } from './lake-buckets.js';
import { Monitoring, publishersOf } from './monitoring.js';
import { NamedQuery } from './named-query.js';
import { provideAws } from './provider.js';
import { Workgroup } from './workgroup.js';

/** What a lakehouse is made from. */
export interface LakehouseStackProps {
  /** What differs between environments. */
  readonly settings: Settings;
  /** The datasets that it takes in: each gets a stream, a delivery stream and a table. */
  readonly datasets: readonly Dataset[];
  /**
   * Queries to keep by name, besides one a dataset.
   * @default - none
   */
  readonly queries?: readonly NamedQueryFile[];
}

/**
 * One environment's lakehouse: for each dataset the path from a Kinesis stream to a table, and once the key, the
 * buckets, the database, the workgroups, the monitoring and the policies for people that they share.
 *
 * @example
 * const app = new App();
 * const settings = loadSettings();
 * new LakehouseStack(app, namesFor(settings).prefix, { settings, datasets });
 * app.synth();
 *
 * @throws InvalidConstructError where AWS would refuse what Terraform lets pass.
 */
export class LakehouseStack extends TerraformStack {
  constructor(scope: Construct, id: string, { settings, datasets, queries = [] }: LakehouseStackProps) {
    super(scope, id);
    checkDistinct(this, 'a dataset', datasets);
    const { environment, region } = settings;
    const names = namesFor(settings);

    keepState(this, id, settings);
    provideAws(this, settings);
    const account = new Account(this, 'account', { region });
    const key = new Key(this, 'key', {
      account,
      alias: names.keyAlias,
      description: `Encrypts the ${environment} lakehouse: streams, objects, query results, logs and alarms.`,
      through: ['athena', 'kinesis', 's3'],
      logGroups: names.deliveryLogGroup('*'),
      publishers: publishersOf(settings),
    });
    const tables = datasets.map(({ name }) => names.table(name));
    const { data, results, logs } = lakeBuckets(this, { settings, names, account, key, tables });
    const database = new Database(this, 'catalog', {
      name: names.database,
      description: `The ${environment} lakehouse.`,
    });
    const common = {
      key,
      scanLimitMB: settings.query.scanLimitMB,
      destroyHistory: settings.destroyData && settings.destroyDataConfirmed,
    };
    const workgroup = new Workgroup(this, 'queries', {
      ...common,
      name: names.workgroup,
      description: `Queries of the ${environment} lakehouse.`,
      results,
    });
    // Athena puts the tables that are made in a workgroup beside its results: here those lie in the lake.
    const movements = new Workgroup(this, 'movements', {
      ...common,
      name: names.movements,
      description: `Tables made from queries of the ${environment} lakehouse, and unloading.`,
      results: data,
      folder: FOLDERS.movements,
    });

    // A scope of their own, so that a dataset may be called `key` or `data`.
    const paths = new Construct(this, 'datasets');
    const byDataset = datasets.map((dataset) => {
      const { name } = dataset;
      const path = new DatasetPath(paths, name, { dataset, settings, names, account, key, data, database });
      return { name, path };
    });
    const kept = new Construct(this, 'named');
    const arrivals = tables.map(arrivalQueryOf);
    const named = [...queries, ...arrivals];
    checkDistinct(this, 'a named query', named);
    for (const { name, description, sql } of named) {
      new NamedQuery(kept, name, { name, description, sql, workgroup, database });
    }
    new Monitoring(this, 'monitoring', {
      settings,
      names,
      account,
      key,
      workgroups: [workgroup.name, movements.name],
      datasets: byDataset.map(({ name, path: { stream, delivery } }) => ({
        name,
        stream: stream.name,
        delivery: delivery.name,
      })),
    });
    const access = new Access(this, 'access', {
      names,
      account,
      key,
      streams: byDataset.map(({ path }) => path.stream),
      tables: byDataset.map(({ path }) => path.table),
      database,
      data,
      results,
      workgroup,
      movements,
    });

    const each = (value: (path: DatasetPath) => string) =>
      Object.fromEntries(byDataset.map(({ name, path }) => [name, value(path)]));
    const outputs: Readonly<Record<string, readonly [description: string, value: unknown]>> = {
      streams: ['The Kinesis stream of each dataset.', each(({ stream }) => stream.name)],
      delivery_streams: ['The delivery stream of each dataset.', each(({ delivery }) => delivery.name)],
      tables: ['The Glue table of each dataset.', each(({ table }) => table.name)],
      database: ['The Glue database.', database.name],
      bucket: ['The bucket of the data.', data.name],
      results_bucket: ["The bucket of the queries' results.", results.name],
      logs_bucket: ['The bucket of the access logs.', logs.name],
      workgroup: ['The Athena workgroup.', workgroup.name],
      movements_workgroup: ['The Athena workgroup in which tables are made that stay.', movements.name],
      producer_policy: ['The policy to attach to who sends events.', access.producer.arn],
      redriver_policy: ['The policy to attach to who sends failed records again.', access.redriver.arn],
      analyst_policy: ['The policy to attach to who queries.', access.analyst.arn],
      mover_policy: ['The policy to attach to who makes tables and unloads.', access.mover.arn],
    };
    for (const [name, [description, value]] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { description, value });
    }
  }
}

/** The names become streams, tables and queries, so no two datasets can share one, and no two queries. */
function checkDistinct(stack: Construct, what: string, all: readonly { readonly name: string }[]): void {
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidConstructError(stack, what, twice, `named as no other ${what.replace(/^a /, '')} is`);
}
