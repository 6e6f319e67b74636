import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup/index.js';
import { Construct } from 'constructs';
import type { Bucket } from './bucket.js';
import type { Key } from './key.js';
import { checkName, checkRange } from './limits.js';
import type { Statement } from './policy-document.js';

/** What a workgroup is made from. */
export interface WorkgroupProps {
  /** The workgroup's name. */
  readonly name: string;
  /** Whose queries they are, in a sentence. */
  readonly description: string;
  /** The bucket that the results go to. */
  readonly results: Bucket;
  /**
   * The folder of it that they go to; ends in `/`.
   * @default - the whole bucket
   */
  readonly folder?: string;
  /** The key that the results are encrypted with. */
  readonly key: Key;
  /** MB, of 1,048,576 bytes as Athena counts them, after which a query is stopped. */
  readonly scanLimitMB: number;
  /**
   * Whether destroying the workgroup takes its history of queries along; if not, a workgroup with a history stays.
   * @default false
   */
  readonly destroyHistory?: boolean;
}

/**
 * A workgroup of Athena whose settings no query can get around: where results go, how they are encrypted, and how much
 * a query may read, which is what it costs.
 *
 * @example
 * new Workgroup(this, 'workgroup', { name: 'lake', description: 'The lake.', results, key, scanLimitMB: 10_000 });
 */
export class Workgroup extends Construct {
  /** The workgroup's name, as a reference that waits for the workgroup. */
  readonly name: string;
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { name, description, results, folder = '', key, scanLimitMB, destroyHistory = false }: WorkgroupProps,
  ) {
    super(scope, id);
    checkName(this, 'workgroup', name);
    checkRange(this, 'scanLimitMB', scanLimitMB);
    const workgroup = new AthenaWorkgroup(this, 'Default', {
      name,
      description,
      forceDestroy: destroyHistory,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimitMB * BYTES_PER_MB,
        resultConfiguration: {
          outputLocation: `s3://${results.name}/${folder}`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: key.arn },
        },
      },
    });
    this.name = workgroup.name;
    this.arn = workgroup.arn;
  }

  /** The permission to run queries here, to see what became of them, and to use the named queries. */
  queryStatement(): Statement {
    return {
      sid: 'Query',
      actions: [
        'athena:BatchGetNamedQuery',
        'athena:BatchGetQueryExecution',
        'athena:GetNamedQuery',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:GetQueryRuntimeStatistics',
        'athena:GetWorkGroup',
        'athena:ListNamedQueries',
        'athena:ListQueryExecutions',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      resources: [this.arn],
    };
  }
}

/** The least that Athena takes is 10 of these: 10,485,760 bytes. */
const BYTES_PER_MB = 1024 * 1024;
