import { describe, expect, it } from 'vitest';
import { checkSettings, connectionFor, loadSettings, SettingsError } from '../../settings/index.js';

const dev = loadSettings({});

describe('loadSettings', () => {
  it('is dev in us-east-1 where nothing is set', () => {
    expect(dev).toMatchObject({ environment: 'dev', region: 'us-east-1', destroyData: false });
    expect(dev.stream).toEqual({
      capacity: { mode: 'provisioned', shards: 1 },
      retentionHours: 24,
      shardMetrics: [],
    });
  });

  it.each(['', undefined])('takes LAKEHOUSE_ENV %j for not set', (LAKEHOUSE_ENV) => {
    expect(loadSettings({ LAKEHOUSE_ENV }).environment).toBe('dev');
  });

  it('keeps data on destroy in prod, and buys capacity on demand', () => {
    const prod = loadSettings({ LAKEHOUSE_ENV: 'prod' });
    expect(prod.destroyData).toBe(false);
    expect(prod.stream).toMatchObject({ capacity: { mode: 'on-demand' }, retentionHours: 168 });
    expect(prod.logs.retentionDays).toBe(365);
  });

  it('differs in local from dev only where it must', () => {
    const local = loadSettings({ LAKEHOUSE_ENV: 'local' });
    expect(local).toEqual({
      ...dev,
      environment: 'local',
      tags: { ...dev.tags, environment: 'local' },
      endpoint: 'http://127.0.0.1:4566',
      delivery: { ...dev.delivery, bufferSeconds: 1 },
      destroyData: true,
      destroyDataConfirmed: true,
    });
  });

  it('takes the second consent to destroy data for the environment that LAKEHOUSE_DESTROY_DATA names, and no other', () => {
    const confirmed = (LAKEHOUSE_ENV: string, LAKEHOUSE_DESTROY_DATA?: string) =>
      loadSettings({ LAKEHOUSE_ENV, LAKEHOUSE_DESTROY_DATA }).destroyDataConfirmed;
    expect(confirmed('dev')).toBe(false);
    expect(confirmed('dev', 'dev')).toBe(true);
    expect(confirmed('prod', 'dev')).toBe(false);
    expect(confirmed('local')).toBe(true);
  });

  it('tags with project, environment, owner and cost centre', () => {
    expect(dev.tags).toEqual({
      project: 'lakehouse',
      environment: 'dev',
      owner: 'data-engineering',
      'cost-centre': 'lakehouse',
    });
  });

  it('takes the endpoint from AWS_ENDPOINT_URL in local, and only there', () => {
    const AWS_ENDPOINT_URL = 'http://127.0.0.1:5000';
    expect(loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL }).endpoint).toBe(AWS_ENDPOINT_URL);
    expect(loadSettings({ LAKEHOUSE_ENV: 'dev', AWS_ENDPOINT_URL }).endpoint).toBeUndefined();
  });

  it('prefers AWS_REGION to AWS_DEFAULT_REGION', () => {
    expect(loadSettings({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }).region).toBe(
      'eu-west-1',
    );
    expect(loadSettings({ AWS_DEFAULT_REGION: 'eu-west-2' }).region).toBe('eu-west-2');
  });
});

describe('an invalid setting is refused with its name, its value and what is allowed', () => {
  it.each([
    [{ LAKEHOUSE_ENV: 'staging' }, 'LAKEHOUSE_ENV is "staging", but must be one of local, dev, prod.'],
    [{ AWS_REGION: 'Europe' }, 'region is "Europe", but must be an AWS region such as us-east-1.'],
    [
      { LAKEHOUSE_DESTROY_DATA: 'yes' },
      'LAKEHOUSE_DESTROY_DATA is "yes", but must be left out, or one of local, dev, prod.',
    ],
    [
      { LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: 'localhost' },
      'endpoint is "localhost", but must be an http:// or https:// address.',
    ],
  ])('from the variables %j', (variables, message) => {
    expect(() => loadSettings(variables)).toThrow(SettingsError);
    expect(() => loadSettings(variables)).toThrow(message);
  });

  it.each<[string, object, string]>([
    [
      'a buffer too small to convert',
      { delivery: { bufferMiB: 63, bufferSeconds: 1 } },
      'delivery.bufferMiB is 63, but must be 64 or more.',
    ],
    [
      'a buffer too large',
      { delivery: { bufferMiB: 129, bufferSeconds: 1 } },
      'delivery.bufferMiB is 129, but must be 128 or less.',
    ],
    [
      'half a second',
      { delivery: { bufferMiB: 64, bufferSeconds: 0.5 } },
      'delivery.bufferSeconds is 0.5, but must be a whole number from 0 to 900.',
    ],
    [
      'a retention under a day',
      { stream: { ...dev.stream, retentionHours: 23 } },
      'stream.retentionHours is 23, but must be 24 or more.',
    ],
    [
      'no shards',
      { stream: { ...dev.stream, capacity: { mode: 'provisioned', shards: 0 } } },
      'stream.capacity.shards is 0, but must be 1 or more.',
    ],
    [
      'years the wrong way round',
      { catalog: { firstYear: 2030, lastYear: 2029 } },
      'catalog.lastYear is 2029, but must be catalog.firstYear (2030) or later.',
    ],
    [
      'a scan limit that Athena refuses',
      { query: { scanLimitMB: 9 } },
      'query.scanLimitMB is 9, but must be 10 or more.',
    ],
    [
      'an account that is none',
      { accounts: ['12345'] },
      'accounts.0 is "12345", but must be an account number of twelve digits.',
    ],
    [
      'an unknown backend',
      { state: { backend: 'gcs' } },
      'state.backend is "gcs", but must be "local" or "s3".',
    ],
    [
      'a backend without a bucket',
      { state: { backend: 's3' } },
      'state.bucket is not set, but must be the name of the bucket that npm run bootstrap:deploy made.',
    ],
    [
      'a repository that is none',
      { repository: 'https://github.com/owner/name' },
      'repository is "https://github.com/owner/name", but must be a GitHub repository as owner/name.',
    ],
    [
      'an unknown metric of shards',
      { stream: { ...dev.stream, shardMetrics: ['Everything'] } },
      'stream.shardMetrics.0 is "Everything", but must be one of IncomingBytes, ',
    ],
    [
      'no days at all',
      { storage: { ...dev.storage, sourceDays: 0 } },
      'storage.sourceDays is 0, but must be 1 or more.',
    ],
    [
      'a class that Athena cannot read',
      { storage: { ...dev.storage, transitions: [{ days: 90, storageClass: 'GLACIER' }] } },
      'storage.transitions.0.storageClass is "GLACIER", but must be one of STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR, which Athena can read.',
    ],
    [
      'a move to infrequent access that S3 refuses',
      { storage: { ...dev.storage, transitions: [{ days: 29, storageClass: 'STANDARD_IA' }] } },
      'storage.transitions.0.days is 29, but must be 30 or more.',
    ],
    [
      'moves that follow too close',
      {
        storage: {
          ...dev.storage,
          transitions: [
            { days: 90, storageClass: 'STANDARD_IA' },
            { days: 100, storageClass: 'GLACIER_IR' },
          ],
        },
      },
      'storage.transitions.1.days is 100, but must be 120 or more.',
    ],
    [
      'an address that is none',
      { monitoring: { email: 'me' } },
      'monitoring.email is "me", but must be an e-mail address.',
    ],
    [
      'half a budget',
      { monitoring: { budget: { monthlyDollars: 0.5, alertPercent: 80 } } },
      'monitoring.budget.monthlyDollars is 0.5, but must be a whole number from 1 to 10000000.',
    ],
    [
      'a tag that AWS refuses',
      { tags: { ...dev.tags, owner: 'a|b' } },
      'tags.owner is "a|b", but must be 1 to 256',
    ],
    [
      "a tag of AWS's own",
      { tags: { ...dev.tags, 'aws:x': 'y' } },
      'but must be tags with names of 1 to 128',
    ],
    ['a text for a flag', { destroyData: 'no' }, 'destroyData is "no", but must be true or false.'],
  ])('for %s', (_, change, message) => {
    expect(() => checkSettings({ ...dev, ...change })).toThrow(message);
    expect(() => checkSettings({ ...dev, ...change })).toThrow(SettingsError);
  });

  it('for a retention of logs that CloudWatch does not offer', () => {
    const check = () => checkSettings({ ...dev, logs: { retentionDays: 31 } });
    expect(check).toThrow(
      /^logs\.retentionDays is 31, but must be a number of days that CloudWatch Logs offers/,
    );
  });

  it('for a capacity of an unknown mode', () => {
    const check = () => checkSettings({ ...dev, stream: { ...dev.stream, capacity: { mode: 'free' } } });
    expect(check).toThrow(
      /^stream\.capacity(\.mode)? is .*"?free"?.*, but must be mode "provisioned" or "on-demand"\.$/,
    );
  });

  it('for a setting that there is not', () => {
    expect(() => checkSettings({ ...dev, shards: 2 })).toThrow(
      'shards is 2, but must be left out, as there is no such setting.',
    );
  });

  it('for a group of settings that is missing', () => {
    const { delivery: _, ...without } = dev;
    expect(() => checkSettings(without)).toThrow('delivery is not set, but must be of type object.');
  });

  it('for a setting that is missing', () => {
    const { region: _, ...without } = dev;
    expect(() => checkSettings(without)).toThrow(
      'region is not set, but must be an AWS region such as us-east-1.',
    );
  });
});

describe('connectionFor', () => {
  it('has an endpoint and credentials that name nobody in local, and leaves both to the SDK elsewhere', () => {
    expect(connectionFor(loadSettings({ LAKEHOUSE_ENV: 'local' }))).toEqual({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    expect(connectionFor(dev)).toEqual({ region: 'us-east-1' });
  });
});
