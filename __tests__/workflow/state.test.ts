import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '../../settings/index.js';
import { lakehouseApp } from '../../workflow/cdktf-app.js';
import { readState } from '../../workflow/state.js';
import { temporaryFolder } from '../local/running-local-aws.js';

async function stateWith(text: string) {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const settings = loadSettings({ LAKEHOUSE_ENV: 'local' });
  const app = { ...lakehouseApp(settings), folder };
  await writeFile(path.join(folder, `terraform.${app.stack}.tfstate`), text);
  return readState(app, settings);
}

it('a state is read as the resources that it manages', async () => {
  const bucket = { mode: 'managed', type: 'aws_s3_bucket', instances: [{ attributes: { bucket: 'b' } }] };
  const account = { mode: 'data', type: 'aws_caller_identity', instances: [{ attributes: {} }] };
  const { resources } = await stateWith(JSON.stringify({ version: 4, resources: [bucket, account] }));
  expect(resources).toEqual([{ type: 'aws_s3_bucket', attributes: { bucket: 'b' } }]);
});

it.each(['garbage', 'null', '[]', '{}', '{"version": 4, "resources": 1}'])(
  'what is no state is told in words: %s',
  async (text) => {
    await expect(stateWith(text)).rejects.toMatchObject({
      name: 'WorkflowError',
      message: expect.stringMatching(/is not JSON|is no Terraform state/),
    });
  },
);
