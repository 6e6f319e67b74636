import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../local/running-local-aws.js';
import { settingsOf, synthesizedFile } from '../stacks/synthesized.js';
import { whyLeftOut } from './left-out.js';
import { findTerraform, TerraformFolder } from './terraform.js';

const found = findTerraform();
const { reason, isLeftOut } = whyLeftOut(found);
const PATIENCE = 180_000;

describe.skipIf(isLeftOut)(`the stacks for AWS, by Terraform${reason}`, () => {
  let local: RunningLocalAws;
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    scratch = await temporaryFolder();
    local = await runLocalAws();
  });
  afterAll(async () => {
    await local.end();
    await scratch.remove();
  });

  it.each(['dev', 'prod'] as const)(
    '%s is valid, and plans to create what it describes',
    { timeout: PATIENCE },
    async (environment) => {
      const stack = synthesizedFile(settingsOf(environment));
      // The provider asks who the caller is, and nothing else, before there is anything: local AWS answers that.
      const terraform = await TerraformFolder.open(path.join(scratch.folder, environment), found, {
        AWS_ENDPOINT_URL: local.local.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      });
      await terraform.write(stack);
      await terraform.must('init');
      await terraform.must('validate');
      await terraform.must('plan', '-out=plan.tfplan');
      const actions = await terraform.actionsOf('plan.tfplan');
      const resources = Object.values(stack.resource as Record<string, object>).flatMap((ofType) =>
        Object.keys(ofType),
      );
      expect(actions).toHaveLength(resources.length);
      expect(actions.filter((line) => !line.endsWith(': create'))).toEqual([]);
    },
  );
});
