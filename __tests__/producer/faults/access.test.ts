import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit, NO_DISCREPANCIES } from './accounting.js';
import { CommandStage } from './command-stage.js';
import { run } from './run.js';

const WORKLOAD = { events: 5_000, keys: 500 };

/** F: an expired token once; then AccessDenied. Recovers; ends within 5 s with its code. */
describe.concurrent('credentials that expire, and access that is denied', () => {
  it('recovers from a token that has expired', async () => {
    const done = await run({ workload: WORKLOAD, shards: 2, faults: { access: { expiredFirst: 1 } } });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report).toMatchObject({ acknowledged: WORKLOAD.events, possiblyDuplicated: 0 });
  });

  it.each([
    ['is denied', { expiredFirst: 1, deniedFrom: 12 }, 'AccessDeniedException'],
    ['stays expired', { expiredFirst: Number.POSITIVE_INFINITY }, 'ExpiredTokenException'],
  ])('ends within 5 s where access %s, with every event accounted for', async (_, faults, name) => {
    const done = await run({
      workload: { events: 50_000, keys: 500 },
      shards: 2,
      faults: { access: faults, requests: { resetAfter: 0.2 } },
      producer: { pack: 2_000 },
    });
    expect(done.report.fatal).toMatchObject({ name });
    expect(audit(done)).toEqual(NO_DISCREPANCIES);
    expect(done.report.failed).toBeGreaterThan(0);
    expect(done.endedAt).toBeLessThan(5_000);
  });

  it('goes on with credentials that its provider has renewed', async () => {
    const stage = await CommandStage.set({
      workload: WORKLOAD,
      isExpired: (key) => {
        if (key === 'FRESH') return false;
        provide('FRESH');
        return true;
      },
    });
    const file = (name: string) => path.join(stage.folder, name);
    const provide = (AccessKeyId: string) => {
      // To the SDK they look good for an hour: it would not ask again by itself.
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      const credentials = { Version: 1, AccessKeyId, SecretAccessKey: 's', SessionToken: 't', Expiration };
      writeFileSync(file('credentials.json'), JSON.stringify(credentials));
    };
    provide('EXPIRED');
    writeFileSync(file('config'), `[default]\ncredential_process = cat ${file('credentials.json')}\n`);
    stage.environment = { LAKEHOUSE_ENV: 'dev', AWS_REGION: 'us-east-1', AWS_CONFIG_FILE: file('config') };
    try {
      expect(await stage.send([])).toMatchObject({ code: 0 });
      expect(stage.delivered().size).toBe(WORKLOAD.events);
    } finally {
      stage.strike();
    }
  });

  it('ends with its exit code where access is denied in the middle', async () => {
    const faults = { access: { expiredFirst: 1, deniedFrom: 3 } };
    const stage = await CommandStage.set({ workload: WORKLOAD, faults });
    try {
      const { code, stderr } = await stage.send(['--pack', '2KB']);
      expect(stderr).toContain('kinesis:PutRecords');
      expect(code).toBe(4);
      expect(stage.delivered().size).toBeGreaterThan(0);
    } finally {
      stage.strike();
    }
  });
});
