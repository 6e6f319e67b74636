import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { LocalAwsOptions } from '../../../local/local-aws.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

/** A local AWS with the bucket `lake`, and the database `d` where it is asked for. */
export async function runAthena(options: Partial<LocalAwsOptions> = {}): Promise<RunningAthena> {
  const running = await runLocalAws(options);
  await running.clients.s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  const athena = new RunningAthena(running);
  await athena.run('CREATE DATABASE d');
  return athena;
}

/** A row of a result: undefined where a value is NULL. */
export type ResultRow = (string | undefined)[];

export class RunningAthena {
  constructor(readonly running: RunningLocalAws) {}

  end(): Promise<void> {
    return this.running.end();
  }

  /** Runs a statement to its end, whatever that is. */
  async execute(
    sql: string,
    options: Partial<StartQueryExecutionCommandInput> = {},
  ): Promise<QueryExecution> {
    const { athena } = this.running.clients;
    const { QueryExecutionId } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        QueryExecutionContext: { Database: 'd' },
        ResultConfiguration: { OutputLocation: 's3://lake/results/' },
        ...options,
      }),
    );
    return vi.waitFor(
      async () => {
        const { QueryExecution: execution } = await athena.send(
          new GetQueryExecutionCommand({ QueryExecutionId }),
        );
        const state = execution?.Status?.State ?? '';
        if (!execution || !['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state)) throw new Error(state);
        return execution;
      },
      { timeout: 20_000, interval: 10 },
    );
  }

  /** Runs a statement that has to succeed, and gets its result. */
  async run(sql: string, options: Partial<StartQueryExecutionCommandInput> = {}) {
    const execution = await this.execute(sql, options);
    const { State, StateChangeReason } = execution.Status ?? {};
    if (State !== 'SUCCEEDED') throw new Error(`${sql}: ${StateChangeReason}`);
    const { ResultSet, UpdateCount } = await this.running.clients.athena.send(
      new GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }),
    );
    const rows = (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    return { execution, rows, columns, updateCount: UpdateCount };
  }

  /** The rows of a query, without their header. */
  async rows(sql: string, options: Partial<StartQueryExecutionCommandInput> = {}): Promise<ResultRow[]> {
    return (await this.run(sql, options)).rows.slice(1);
  }

  /** The lines of a statement whose result is text. */
  async lines(sql: string): Promise<(string | undefined)[]> {
    return (await this.run(sql)).rows.map(([line]) => line);
  }

  /** Why a statement fails; the message of its refusal where it is not even taken. */
  async reason(sql: string, options: Partial<StartQueryExecutionCommandInput> = {}): Promise<string> {
    try {
      const { Status } = await this.execute(sql, options);
      return `${Status?.State} ${Status?.StateChangeReason ?? ''}`;
    } catch (error) {
      return String(error);
    }
  }

  async put(key: string, body: string | Uint8Array): Promise<void> {
    await this.running.clients.s3.send(new PutObjectCommand({ Bucket: 'lake', Key: key, Body: body }));
  }

  /** The object at `s3://lake/key`. */
  async get(uri: string): Promise<Buffer> {
    const Key = uri.replace('s3://lake/', '');
    const { Body } = await this.running.clients.s3.send(new GetObjectCommand({ Bucket: 'lake', Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  async keys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.running.clients.s3.send(
      new ListObjectsV2Command({ Bucket: 'lake', Prefix: prefix }),
    );
    return Contents.flatMap(({ Key }) => Key ?? []);
  }
}
