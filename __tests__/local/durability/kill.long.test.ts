import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../running-local-aws.js';
import { KilledLake } from './kills.js';

/** How many kills one data folder has to outlast. */
const KILLS = 50;

let lake: KilledLake;

beforeAll(async () => {
  const { folder, remove } = await temporaryFolder();
  lake = new KilledLake(folder);
  await lake.make();
  return remove;
});

const first = Number(process.env.SEED ?? 100);

it.for(Array.from({ length: KILLS }, (_, kill) => first + kill))(
  'what was acknowledged is there once after kill -9 (seed %i)',
  async (seed) => {
    await lake.killAndLook(seed);
  },
);

// Each may be killed before it has acknowledged anything; all of them together may not.
afterAll(() => {
  expect(lake.acknowledged).toBeGreaterThan(KILLS * 100);
});
