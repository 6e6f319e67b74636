import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AthenaSession, LOCAL_POLLING } from '../athena/index.js';
import { connectionFor, loadSettings } from '../settings/index.js';
import { localAws } from './local-aws.js';
import type { Surroundings } from './surroundings.js';

const BUCKET = 'bench-lake';

/** A session with local Athena, as programs have one. */
export function lakeSession(endpoint: string): AthenaSession {
  return new AthenaSession({
    connection: lakeConnection(endpoint),
    workgroup: 'primary',
    database: 'bench',
    outputLocation: `s3://${BUCKET}/results/`,
    polling: LOCAL_POLLING,
  });
}

/** A local AWS whose tables are made by these statements, `{lake}` in them being the folder of that name. */
export function localLake(...statements: readonly string[]): Promise<Surroundings> {
  return localAws({
    prepare: async (endpoint) => {
      const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
      const s3 = new S3Client({ ...lakeConnection(endpoint), forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
      s3.destroy();
      const session = lakeSession(endpoint);
      for (const statement of ['CREATE DATABASE bench', ...statements])
        await session.query(statement.replaceAll('{lake}', `s3://${BUCKET}/tables`));
      await session.close();
    },
  });
}

function lakeConnection(endpoint: string) {
  return connectionFor(loadSettings({ ...process.env, LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: endpoint }));
}

/** DuckDB in this process, with the files of a table that local AWS made as its own table of that name. */
export async function duckLake(endpoint: string, table: string) {
  const [{ DuckDBInstance }, { GetObjectCommand, S3Client, paginateListObjectsV2 }] = await Promise.all([
    import('@duckdb/node-api'),
    import('@aws-sdk/client-s3'),
  ]);
  const folder = await mkdtemp(path.join(tmpdir(), 'lakehouse-bench-'));
  const client = new S3Client({ ...lakeConnection(endpoint), forcePathStyle: true });
  const input = { Bucket: BUCKET, Prefix: `tables/${table}/` };
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, input)) {
    for (const { Key = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      await writeFile(path.join(folder, path.basename(Key)), (await Body?.transformToByteArray()) ?? '');
    }
  }
  client.destroy();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW ${table} AS FROM read_parquet('${folder}/*')`);
  return { connection, close: () => rm(folder, { recursive: true, force: true }) };
}
