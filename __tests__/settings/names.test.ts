import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, namesFor } from '../../settings/index.js';

const names = namesFor({ environment: 'dev', region: 'eu-west-1' });

describe('namesFor', () => {
  it('calls everything by the environment', () => {
    expect(names).toMatchObject({
      prefix: 'lakehouse-dev',
      database: 'lakehouse_dev',
      workgroup: 'lakehouse-dev',
      keyAlias: 'alias/lakehouse-dev',
    });
    expect(names.stream('customers')).toBe('lakehouse-dev-customers');
    expect(names.deliveryLogGroup('customers')).toBe('/aws/kinesisfirehose/lakehouse-dev-customers');
  });

  it('turns underscores into hyphens, but in what SQL names', () => {
    expect(names.stream('page_views')).toBe('lakehouse-dev-page-views');
    expect(names.deliveryStream('page_views')).toBe('lakehouse-dev-page-views');
    expect(names.table('page_views')).toBe('page_views');
  });

  it('puts region and account into names that all of AWS shares, and the region into those that an account shares', () => {
    expect(names.bucket('data', '123456789012')).toBe('lakehouse-dev-data-eu-west-1-123456789012');
    expect(names.deliveryRole('customers')).toBe('lakehouse-dev-customers-eu-west-1');
    expect(names.policy('producer')).toBe('lakehouse-dev-producer-eu-west-1');
  });

  it('gives no two environments the same name', () => {
    const all = ENVIRONMENTS.map((environment) => namesFor({ environment, region: 'eu-west-1' }));
    for (const name of ['prefix', 'database', 'workgroup', 'keyAlias', 'alarmTopic', 'dashboard'] as const) {
      expect(new Set(all.map((each) => each[name])).size).toBe(ENVIRONMENTS.length);
    }
    expect(new Set(all.map((each) => each.policy('analyst'))).size).toBe(ENVIRONMENTS.length);
  });
});
