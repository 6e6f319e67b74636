import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Dataset } from '../datasets/index.js';
import { type BucketPurpose, namesFor, type Settings } from '../settings/index.js';
import { Account } from './account.js';
import { Bucket } from './bucket.js';
import { Database } from './database.js';
import { DatasetPath } from './dataset-path.js';
import { InvalidConstructError } from './invalid-construct-error.js';
import { Key } from './key.js';
import { provideAws } from './provider.js';
import { Workgroup } from './workgroup.js';

/** What a lakehouse is made from. */
export interface LakehouseStackProps {
  /** What differs between environments. */
  readonly settings: Settings;
  /** The datasets that it takes in: each gets a stream, a delivery stream and a table. */
  readonly datasets: readonly Dataset[];
}

/**
 * One environment's lakehouse: for each dataset the path from a Kinesis stream to a table, and once the key, the
 * buckets, the database and the workgroup that they share.
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
  constructor(scope: Construct, id: string, { settings, datasets }: LakehouseStackProps) {
    super(scope, id);
    checkDistinct(this, datasets);
    const { environment, region, destroyData } = settings;
    const names = namesFor(settings);

    provideAws(this, settings);
    const account = new Account(this, 'account', { region });
    const key = new Key(this, 'key', {
      account,
      alias: names.keyAlias,
      description: `Encrypts the ${environment} lakehouse: streams, objects, query results and logs.`,
      logGroups: names.deliveryLogGroup('*'),
    });
    const bucket = (purpose: BucketPurpose) =>
      new Bucket(this, purpose, { name: names.bucket(purpose, account.id), key, destroyData });
    const [data, results] = [bucket('data'), bucket('results')];
    const database = new Database(this, 'catalog', {
      name: names.database,
      description: `The ${environment} lakehouse.`,
    });
    const workgroup = new Workgroup(this, 'queries', {
      name: names.workgroup,
      description: `Queries of the ${environment} lakehouse.`,
      results,
      key,
      scanLimitMB: settings.query.scanLimitMB,
      destroyHistory: destroyData,
    });

    // A scope of their own, so that a dataset may be called `key` or `data`.
    const paths = new Construct(this, 'datasets');
    const byDataset = datasets.map(
      (dataset) =>
        [
          dataset.name,
          new DatasetPath(paths, dataset.name, { dataset, settings, names, account, key, data, database }),
        ] as const,
    );

    const each = (value: (path: DatasetPath) => string) =>
      Object.fromEntries(byDataset.map(([name, path]) => [name, value(path)]));
    this.output(
      'streams',
      'The Kinesis stream of each dataset.',
      each(({ stream }) => stream.name),
    );
    this.output(
      'delivery_streams',
      'The delivery stream of each dataset.',
      each(({ delivery }) => delivery.name),
    );
    this.output(
      'tables',
      'The Glue table of each dataset.',
      each(({ table }) => table.name),
    );
    this.output('database', 'The Glue database.', database.name);
    this.output('bucket', 'The bucket of the data.', data.name);
    this.output('results_bucket', "The bucket of the queries' results.", results.name);
    this.output('workgroup', 'The Athena workgroup.', workgroup.name);
  }

  private output(name: string, description: string, value: unknown): void {
    new TerraformOutput(this, name, { description, value });
  }
}

/** The names become streams and tables, so no two datasets can share one. */
function checkDistinct(stack: Construct, datasets: readonly Dataset[]): void {
  const names = datasets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidConstructError(stack, 'a dataset', twice, 'named as no other dataset is');
  }
}
