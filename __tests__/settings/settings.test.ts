import { describe, expect, it } from 'vitest';
import { checkSettings, connectionFor, loadSettings, SettingsError } from '../../settings/index.js';

const dev = loadSettings({});

describe('loadSettings', () => {
  it('is dev in us-east-1 where nothing is set', () => {
    expect(dev).toMatchObject({ environment: 'dev', region: 'us-east-1', destroyData: false });
    expect(dev.stream).toEqual({ capacity: { mode: 'provisioned', shards: 1 }, retentionHours: 24 });
  });

  it.each(['', undefined])('takes LAKEHOUSE_ENV %j for not set', (LAKEHOUSE_ENV) => {
    expect(loadSettings({ LAKEHOUSE_ENV }).environment).toBe('dev');
  });

  it('keeps data on destroy in prod, and buys capacity on demand', () => {
    const prod = loadSettings({ LAKEHOUSE_ENV: 'prod' });
    expect(prod.destroyData).toBe(false);
    expect(prod.stream).toEqual({ capacity: { mode: 'on-demand' }, retentionHours: 168 });
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
