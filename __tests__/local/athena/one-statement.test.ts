import { GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneStatement } from '../../../local/athena/statements/one-statement.js';
import { type RunningAthena, runAthena } from './running-athena.js';

// Measured on AWS: https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/statements.md
let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

async function told(QueryString: string) {
  const { athena: client } = athena.running.clients;
  const ResultConfiguration = { OutputLocation: 's3://lake/results/' };
  const started = await client
    .send(new StartQueryExecutionCommand({ QueryString, ResultConfiguration }))
    .catch((error: Error & { AthenaErrorCode?: string }) => `${error.AthenaErrorCode}: ${error.message}`);
  if (typeof started === 'string') return started;
  const { QueryExecution } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: started.QueryExecutionId }),
  );
  return QueryExecution?.Query;
}

it.each([
  ['  SELECT 1  ;  ', 'SELECT 1'],
  ['SELECT 1; ;;\r\n', 'SELECT 1'],
  ['; SELECT 1', 'SELECT 1'],
  ['-- c\nSELECT\n  1 ;\n', '-- c\nSELECT\n  1'],
  ['SELECT 1 -- c\n;', 'SELECT 1 -- c'],
  [`SELECT 'a;b' AS "c;d" /* ; */ -- ;`, `SELECT 'a;b' AS "c;d" /* ; */ -- ;`],
])('%j is run, and told, as %j', async (text, statement) => {
  expect(await told(text)).toBe(statement);
});

it.each([
  ['  SELECT  1; -- c  ', 'Only one sql statement is allowed. Got:   SELECT  1; -- c'],
  ['SELEC 1; SELECT 2', 'Only one sql statement is allowed. Got: SELEC 1; SELECT 2'],
  ['SHOW TABLES;SHOW TABLES', 'Only one sql statement is allowed. Got: SHOW TABLES;SHOW TABLES'],
  [' ; ', 'Empty sql statement:  ;'],
])('%j is refused, whatever else is wrong', async (text, message) => {
  expect(await told(text)).toBe(`MALFORMED_QUERY: ${message}`);
});

it('no text makes more of a statement than it is, and none takes long', () => {
  const piece = fc.constantFrom("'", '"', '`', ';', '--', '/*', '*/', '\n', 'a', ' ');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const statement = `SELECT '${text.replaceAll("'", "''")}' AS a /*${text.replaceAll('/', '')}*/`;
      expect(oneStatement(`\n${statement};`)).toBe(statement);
    }),
  );
  const open = '/*'.repeat(130_000);
  expect(oneStatement(open)).toBe(open);
});
