import { expect, it } from 'vitest';
import { openStore } from '../../../local/store/store.js';
import { temporaryFolder } from '../running-local-aws.js';

/** Timers that keep this process from ending. */
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

it('leaves no timer behind that the process would wait for', async ({ onTestFinished }) => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const store = await openStore(folder);
  await store.transaction(() => store.entries.put(['a'], 1));
  const before = timers();
  await store.close();
  expect(timers()).toBe(before);
});
