import { expect, it } from 'vitest';
import { customers } from '../../datasets/index.js';
import { startLocalAws } from '../../local/local-aws.js';
import { temporaryFolder } from '../local/running-local-aws.js';
import { openLakehouse } from './lakehouse-on-local-aws.js';

it('events that wait for delivery when local AWS is stopped are delivered, once, after it is started', async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    const before = await openLakehouse([customers], { dataDir: folder });
    const port = Number(new URL(before.local.endpoint).port);
    await before.send(customers, 500);
    // Within the second that Firehose buffers: most of them, or all, are on the stream alone.
    await before.local.close();
    const after = await startLocalAws({ dataDir: folder, port });
    try {
      await before.waitForCount('SELECT count(*) FROM customers', 500);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await before.column('SELECT count(*) FROM customers')).toEqual([500n]);
      expect(await before.column('SELECT count(DISTINCT uuid) FROM customers')).toEqual([500n]);
    } finally {
      await before.session.close();
      await after.close();
    }
  } finally {
    await remove();
  }
});
