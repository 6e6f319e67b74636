import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';
import { isThere, output } from './command.js';

const hasBoto3 = isThere('python3', ['-c', 'import boto3']);
const hasAws = isThere('aws', ['--version']);
const SCRIPT = fileURLToPath(new URL('./athena_statements.py', import.meta.url));
const leftOut = (isThere: boolean) => (isThere ? '' : ' (left out: not installed)');

let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
});
afterAll(() => running.end());

it.skipIf(!hasBoto3)(
  `boto3 makes, fills, reads and drops tables${leftOut(hasBoto3)}`,
  { timeout: 60_000 },
  async () => {
    expect(JSON.parse(await output(running.local.endpoint, 'python3', [SCRIPT]))).toEqual({
      kind: 'CREATE_TABLE_AS_SELECT',
      rows: [
        ['id', 'note', 'day'],
        ['1', 'one', '2026-02-04'],
        ['2', null, '2026-02-05'],
      ],
      partitions: [['day=2026-02-04'], ['day=2026-02-05']],
      unloaded: ['application/octet-stream'],
      tables: ['copies', 'orders'],
    });
    expect(running.troubles).toEqual([]);
  },
);

it.skipIf(!hasAws)(
  `the aws command asks for the catalog and runs statements${leftOut(hasAws)}`,
  { timeout: 120_000 },
  async () => {
    const aws = async (...args: string[]) =>
      JSON.parse((await output(running.local.endpoint, 'aws', [...args, '--output', 'json'])) || '{}');
    await aws('s3api', 'create-bucket', '--bucket', 'commands');
    const { QueryExecutionId: id } = await aws(
      'athena',
      'start-query-execution',
      '--query-string',
      'CREATE DATABASE by_command',
      '--result-configuration',
      'OutputLocation=s3://commands/results/',
    );
    await expect
      .poll(
        async () =>
          (await aws('athena', 'get-query-execution', '--query-execution-id', id)).QueryExecution.Status
            .State,
        {
          timeout: 60_000,
        },
      )
      .toBe('SUCCEEDED');
    const { DatabaseList } = await aws('athena', 'list-databases', '--catalog-name', 'AwsDataCatalog');
    expect(DatabaseList).toContainEqual({ Name: 'by_command', Parameters: {} });
    expect((await aws('athena', 'list-data-catalogs')).DataCatalogsSummary).toHaveLength(1);
    await aws(
      'athena',
      'create-prepared-statement',
      '--statement-name',
      'one',
      '--work-group',
      'primary',
      '--query-statement',
      'SELECT ?',
    );
    const { PreparedStatements } = await aws('athena', 'list-prepared-statements', '--work-group', 'primary');
    expect(PreparedStatements).toMatchObject([{ StatementName: 'one' }]);
  },
);
