import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/local-aws.js';

/** A folder that is gone after the test, or by `remove`. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lakehouse-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Clients of every service, as an application would make them. */
export function clientsOf(endpoint: string, accessKeyId = 'test', region = 'us-east-1') {
  const connection = {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return {
    athena: new AthenaClient(connection),
    cloudwatch: new CloudWatchClient(connection),
    firehose: new FirehoseClient(connection),
    glue: new GlueClient(connection),
    iam: new IAMClient(connection),
    kinesis: new KinesisClient(connection),
    kms: new KMSClient(connection),
    logs: new CloudWatchLogsClient(connection),
    s3: new S3Client({ ...connection, forcePathStyle: true }),
    sns: new SNSClient(connection),
    sts: new STSClient(connection),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

export interface RunningLocalAws {
  readonly local: LocalAws;
  readonly clients: Clients;
  readonly dataDir: string;
  /** What local AWS had to say that no caller was told: empty where all is well. */
  readonly troubles: string[];
  /** Ends it and removes its folder. */
  end(): Promise<void>;
}

/** Starts local AWS in this process, on a free port and an empty folder. */
export async function runLocalAws(options: Partial<LocalAwsOptions> = {}): Promise<RunningLocalAws> {
  const { folder, remove } = await temporaryFolder();
  const dataDir = options.dataDir ?? folder;
  const troubles: string[] = [];
  const onTrouble = (message: string, error: unknown) => troubles.push(`${message}: ${error}`);
  const local = await startLocalAws({ onTrouble, ...options, dataDir });
  const clients = clientsOf(local.endpoint);
  return {
    local,
    clients,
    dataDir,
    troubles,
    end: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await local.close();
      await remove();
    },
  };
}

/** Local AWS for one test. */
export async function localAwsForTest(options: Partial<LocalAwsOptions> = {}): Promise<RunningLocalAws> {
  const running = await runLocalAws(options);
  onTestFinished(() => running.end());
  return running;
}
