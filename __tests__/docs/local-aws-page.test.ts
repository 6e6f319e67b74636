import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { LOCAL_AWS_PAGE, renewedPage } from '../../docs/local-aws-page.js';
import { refusedMembers } from '../../docs/refused-members.js';
import { operationModels } from '../../local/wire/service-model.js';

it('docs/local-aws.md tells of the operations that there are', async () => {
  const isCurrent = (await readFile(LOCAL_AWS_PAGE, 'utf8')) === (await renewedPage());
  expect(isCurrent, 'docs/local-aws.md is stale: renew it with `npm run docs`').toBe(true);
});

it('what is refused is found where the code refuses it', async () => {
  const models = await operationModels('kinesis');
  const folder = new URL('../../local/kinesis', import.meta.url).pathname;
  const refused = await refusedMembers(folder, [...models.values()]);
  expect(refused.get('PutRecords')?.map(({ name }) => name)).toEqual(['StreamId', 'DryRun']);
  expect(refused.get('DeleteStream')).toEqual([{ name: 'StreamId', isConditional: false }]);
  expect(refused.get('ListStreams')).toBeUndefined();
});

it('what is refused for some values only is told apart, and what a helper refuses is of all that have it', async () => {
  const models = await operationModels('s3');
  const put = ['PutObject', 'CreateBucket'].flatMap((name) => models.get(name) ?? []);
  const folder = new URL('../../local/s3', import.meta.url).pathname;
  const refused = await refusedMembers(folder, put);
  expect(refused.get('PutObject')).toContainEqual({ name: 'StorageClass', isConditional: true });
  expect(refused.get('PutObject')).toContainEqual({ name: 'SSECustomerKey', isConditional: false });
  expect(refused.get('CreateBucket')).toContainEqual({ name: 'ObjectOwnership', isConditional: true });
});
