import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers, type Dataset } from '../../datasets/index.js';
import { compare } from '../../demo/compare.js';
import { loadSettings, type Settings } from '../../settings/index.js';
import { type RunningLocalAws, runLocalAws, temporaryFolder } from '../local/running-local-aws.js';
import { connectLakehouse, type Lakehouse } from '../path/lakehouse-on-local-aws.js';
import { synthesizedFile } from '../stacks/synthesized.js';
import { BusyTime } from './busy-time.js';
import { leftBehind } from './left-behind.js';
import { whyLeftOut } from './left-out.js';
import { findTerraform, TerraformFolder } from './terraform.js';

const found = findTerraform();
const { reason, isLeftOut } = whyLeftOut(found);

/** Terraform starts the provider for each command, and waits for S3 to settle. */
const PATIENCE = 300_000;

describe.skipIf(isLeftOut)(`the stack of local, by Terraform${reason}`, () => {
  let local: RunningLocalAws;
  let lakehouse: Lakehouse;
  let terraform: TerraformFolder;
  let scratch: Awaited<ReturnType<typeof temporaryFolder>>;
  const busy = new BusyTime();
  const settings = (): Settings =>
    loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: local.local.endpoint });

  beforeAll(async () => {
    scratch = await temporaryFolder();
    local = await runLocalAws({ onAnswered: ({ milliseconds }) => busy.add(milliseconds) });
    terraform = await TerraformFolder.open(path.join(scratch.folder, 'terraform'), found);
    await terraform.write(synthesizedFile(settings(), [customers]));
    lakehouse = connectLakehouse(local);
  });
  afterAll(async () => {
    await lakehouse.end();
    await scratch.remove();
  });

  it('is valid', { timeout: PATIENCE }, async () => {
    await terraform.must('init');
    await terraform.must('validate');
  });

  it('is planned, applied, and then as planned', { timeout: PATIENCE }, async () => {
    await terraform.must('plan', '-out=first.tfplan');
    expect(await terraform.actionsOf('first.tfplan')).not.toContainEqual(
      expect.not.stringMatching(/: create$/),
    );
    busy.reset();
    const apply = await terraform.must('apply', 'first.tfplan');
    tell('apply', apply.milliseconds, busy.milliseconds);
    const second = await terraform.run('plan', '-detailed-exitcode', '-out=second.tfplan');
    expect(await terraform.actionsOf('second.tfplan')).toEqual([]);
    expect(second.code).toBe(0);
  });

  it('carries events to rows', { timeout: PATIENCE }, async () => {
    const events = await lakehouse.send(customers, 1_000);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 1_000);
    const rows = [];
    for await (const row of await lakehouse.session.query('SELECT * FROM customers')) rows.push(row);
    expect(compare(customers, events, rows)).toEqual({ missing: 0, extra: 0, changed: [] });
  });

  it('takes more shards, another buffer and a new column in place', { timeout: PATIENCE }, async () => {
    const before = settings();
    const wider: Dataset = {
      ...customers,
      columns: { ...customers.columns, country: { type: 'string', comment: 'Where the customer lives.' } },
    };
    const changed: Settings = {
      ...before,
      stream: { ...before.stream, capacity: { mode: 'provisioned', shards: 2 } },
      delivery: { ...before.delivery, bufferMiB: 64 },
    };
    await terraform.write(synthesizedFile(changed, [wider]));
    await terraform.must('plan', '-out=update.tfplan');
    const actions = await terraform.actionsOf('update.tfplan');
    expect(actions.filter(isReplaced)).toEqual([]);
    for (const type of [
      'aws_kinesis_stream',
      'aws_kinesis_firehose_delivery_stream',
      'aws_glue_catalog_table',
    ]) {
      expect(actions).toContainEqual(expect.stringMatching(new RegExp(`^${type}\\.`)));
    }
    await terraform.must('apply', 'update.tfplan');
    expect((await terraform.run('plan', '-detailed-exitcode')).code).toBe(0);

    const later = await lakehouse.send(wider, 500);
    expect(later).toHaveLength(500);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 1_500);
    // The objects from before have no such column, and the events of this generator none either.
    expect(await lakehouse.column('SELECT count(*) FROM customers WHERE country IS NULL')).toEqual([1_500n]);
    expect(await lakehouse.column('SELECT count(DISTINCT uuid) FROM customers')).toEqual([1_500n]);
  });

  it('would take another capacity mode in place', { timeout: PATIENCE }, async () => {
    const before = settings();
    const onDemand: Settings = { ...before, stream: { ...before.stream, capacity: { mode: 'on-demand' } } };
    await terraform.write(synthesizedFile(onDemand, [customers]));
    await terraform.must('plan', '-out=mode.tfplan');
    const actions = await terraform.actionsOf('mode.tfplan');
    expect(actions).toContainEqual(expect.stringMatching(/^aws_kinesis_stream\..*: update$/));
    expect(actions.filter(isReplaced)).toEqual([]);
  });

  it('is destroyed, and nothing of it is left', { timeout: PATIENCE }, async () => {
    busy.reset();
    const destroy = await terraform.must('destroy', '-auto-approve');
    tell('destroy', destroy.milliseconds, busy.milliseconds);
    expect(await leftBehind(local.clients)).toEqual([]);
    expect(local.troubles).toEqual([]);
  });
});

/** Whether a plan makes something anew, but for a query's text: AWS changes none, and a profile names the columns. */
const isReplaced = (action: string) =>
  !action.endsWith(': update') && !/^aws_athena_named_query\..*-profile/.test(action);

function tell(what: string, whole: number, inLocalAws: number): void {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  console.log(`${what} took ${seconds(whole)}, of which local AWS itself ${seconds(inLocalAws)}`);
}
