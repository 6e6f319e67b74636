import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../running-local-aws.js';
import { KilledLake } from './kills.js';

it('what was acknowledged is there once after each kill -9', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const lake = new KilledLake(folder);
  await lake.make();
  for (const seed of [1, 2]) await lake.killAndLook(seed);
  expect(lake.acknowledged).toBeGreaterThan(0);
}, 120_000);
