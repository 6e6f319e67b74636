import { Construct } from 'constructs';
import { FOLDERS, type Names } from '../settings/index.js';
import type { Account } from './account.js';
import type { Bucket } from './bucket.js';
import type { Database } from './database.js';
import type { Key } from './key.js';
import { MADE_TABLES } from './lake-buckets.js';
import { ManagedPolicy } from './managed-policy.js';
import type { Statement } from './policy-document.js';
import type { Stream } from './stream.js';
import type { Table } from './table.js';
import type { Workgroup } from './workgroup.js';

/** What there is to get at. */
export interface AccessProps {
  readonly names: Names;
  readonly account: Account;
  readonly key: Key;
  /** The streams that events come in by. */
  readonly streams: readonly Stream[];
  /** The tables that queries read. */
  readonly tables: readonly Table[];
  readonly database: Database;
  /** The bucket that the tables lie in. */
  readonly data: Bucket;
  /** The bucket that results go to. */
  readonly results: Bucket;
  readonly workgroup: Workgroup;
  /** The workgroup whose results, and whose tables, go to the bucket of the data. */
  readonly movements: Workgroup;
}

/**
 * Who gets at the lakehouse, beyond the roles of its deliveries: policies to attach, for those who send events, for
 * those who send again what failed, for those who query, and for those who make tables. Nothing else lets anybody in.
 *
 * @example
 * new Access(this, 'access', { names, account, key, streams, tables, database, data, results, workgroup, movements });
 */
export class Access extends Construct {
  readonly producer: ManagedPolicy;
  readonly redriver: ManagedPolicy;
  readonly analyst: ManagedPolicy;
  readonly mover: ManagedPolicy;

  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    const { names, key, streams, tables, data, results, workgroup, movements } = props;
    const readable = [...tables.map(({ folder }) => folder), MADE_TABLES];
    const puts = streams.map((stream) => stream.writeStatement());
    this.producer = new ManagedPolicy(this, 'producer', {
      name: names.policy('producer'),
      description: `Puts events on the streams of ${names.prefix}.`,
      statements: [...inOne(puts), { ...key.useStatement(['kinesis']), actions: ['kms:GenerateDataKey'] }],
    });
    this.redriver = new ManagedPolicy(this, 'redriver', {
      name: names.policy('redriver'),
      description: `Sends failed and backed-up records of ${names.prefix} again, and marks them.`,
      statements: [
        ...inOne(puts),
        ...data.readStatements([FOLDERS.errors, FOLDERS.source]),
        ...data.writeStatements([FOLDERS.redriven]),
        key.useStatement(['kinesis', 's3']),
      ],
    });
    this.analyst = new ManagedPolicy(this, 'analyst', {
      name: names.policy('analyst'),
      description: `Queries the tables of ${names.prefix} in its workgroup.`,
      statements: [
        workgroup.queryStatement(),
        readCatalog(props),
        lookAround(props),
        ...data.readStatements(readable),
        ...results.resultStatements(),
        key.useStatement(['athena', 's3']),
      ],
    });
    this.mover = new ManagedPolicy(this, 'mover', {
      name: names.policy('mover'),
      description: `Makes tables in ${names.prefix}, adds to them and drops them, and unloads.`,
      statements: [
        movements.queryStatement(),
        readCatalog(props),
        ...writeCatalog(props),
        lookAround(props),
        ...data.readStatements(readable),
        ...data.resultStatements(FOLDERS.movements),
        data.removeStatement([FOLDERS.movements]),
        key.useStatement(['athena', 's3']),
      ],
    });
  }
}

/** The same permission on several resources is one statement; a policy has room for 6,144 characters. */
function inOne([first, ...others]: readonly Statement[]): Statement[] {
  if (!first) return [];
  return [{ ...first, resources: [first, ...others].flatMap(({ resources }) => resources) }];
}

function readCatalog({ account, database }: AccessProps): Statement {
  return {
    sid: 'ReadCatalog',
    actions: [
      'glue:GetDatabase',
      'glue:GetDatabases',
      'glue:GetPartitions',
      'glue:GetTable',
      'glue:GetTables',
    ],
    resources: [account.arn('glue', 'catalog'), database.arn, database.tablesArn(account)],
  };
}

/** Tables of the database's as people make them; not those of the datasets, which are Terraform's. */
function writeCatalog({ account, database, tables }: AccessProps): Statement[] {
  const actions = [
    'glue:BatchCreatePartition',
    'glue:BatchDeletePartition',
    'glue:CreatePartition',
    'glue:CreateTable',
    'glue:DeletePartition',
    'glue:DeleteTable',
    'glue:UpdatePartition',
    'glue:UpdateTable',
  ];
  const made = [account.arn('glue', 'catalog'), database.arn, database.tablesArn(account)];
  return [
    { sid: 'MakeTables', actions, resources: made },
    { sid: 'LeaveDatasets', effect: 'Deny', actions, resources: tables.map(({ arn }) => arn) },
  ];
}

/**
 * What the console and drivers look at before a query: the catalog that Athena calls by this name, and the database
 * that every account has.
 */
function lookAround({ account }: AccessProps): Statement {
  return {
    sid: 'LookAround',
    actions: [
      'athena:GetDataCatalog',
      'athena:GetDatabase',
      'athena:GetTableMetadata',
      'athena:ListDatabases',
      'athena:ListTableMetadata',
      'glue:GetDatabase',
    ],
    resources: [
      account.arn('athena', 'datacatalog/AwsDataCatalog'),
      account.arn('glue', 'catalog'),
      account.arn('glue', 'database/default'),
    ],
  };
}
