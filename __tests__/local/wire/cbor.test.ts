import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import { cbor, tag } from '@smithy/core/cbor';
import { NormalizedSchema } from '@smithy/core/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCbor } from '../../../local/wire/cbor-rpc.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest, signedFor } from './raw-request.js';

describe('a body in CBOR', () => {
  const putMetricData = {
    name: 'PutMetricData',
    input: NormalizedSchema.of(cloudWatch.PutMetricDataInput$),
    output: NormalizedSchema.of('unit'),
    http: undefined,
  };
  const decode = (value: unknown) => decodeCbor(putMetricData, Buffer.from(cbor.serialize(value)));
  const datum = (more: object) => ({ Namespace: 'n', MetricData: [{ MetricName: 'm', ...more }] });

  it('gives timestamps of whole seconds and of parts of them', () => {
    for (const value of [1_700_000_000, 1_700_000_000.123]) {
      expect(decode(datum({ Timestamp: tag({ tag: 1, value }) }))).toEqual(
        datum({ Timestamp: new Date(Math.round(value * 1000)) }),
      );
    }
  });

  it.each([
    ['a number for a text', { Namespace: 1, MetricData: [] }, 'Namespace is not a string.'],
    ['a text for a number', datum({ Value: '1' }), 'MetricData.1.Value is not a number.'],
    ['a number for a timestamp', datum({ Timestamp: 1 }), 'MetricData.1.Timestamp is not a timestamp.'],
    ['a structure for a list', { Namespace: 'n', MetricData: {} }, 'MetricData is not a list.'],
    ['nothing for what is required', {}, "Value null at 'namespace'"],
  ])('is refused with %s', (_what, value, reason) => {
    expect(() => decode(value)).toThrow(reason);
  });

  it('is refused where it is none', () => {
    expect(() => decodeCbor(putMetricData, Buffer.from([0xff, 0x01]))).toThrow('is not valid CBOR');
  });
});

describe('the CBOR protocol', () => {
  let running: RunningLocalAws;
  beforeAll(async () => {
    running = await runLocalAws();
    return () => running.end();
  });

  const call = async (operation: string, input: object, target = 'GraniteServiceVersion20100801') => {
    const answer = await rawRequest(running.local.endpoint, {
      method: 'POST',
      path: `/service/${target}/operation/${operation}`,
      headers: {
        authorization: signedFor('monitoring'),
        'smithy-protocol': 'rpc-v2-cbor',
        'content-type': 'application/cbor',
      },
      body: Buffer.from(cbor.serialize(input)),
    });
    return { ...answer, value: cbor.deserialize(answer.body) };
  };

  it('answers in kind, with timestamps in seconds', async () => {
    const put = await call('PutDashboard', { DashboardName: 'd', DashboardBody: '{}' });
    expect(put.value).toEqual({ DashboardValidationMessages: [] });
    const { status, headers, value } = await call('ListDashboards', {});
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' });
    const { LastModified } = value.DashboardEntries[0];
    expect(LastModified).toMatchObject({ tag: 1 });
    expect(Math.abs(Date.now() / 1000 - LastModified.value)).toBeLessThan(60);
  });

  it('answers with an empty map where there is nothing to say', async () => {
    const alarm = { AlarmName: 'a', ComparisonOperator: 'x', EvaluationPeriods: 1, MetricName: 'm' };
    expect((await call('PutMetricAlarm', alarm)).value).toEqual({});
  });

  it('gives an error its code in both protocols', async () => {
    const { status, headers, value } = await call('GetDashboard', { DashboardName: 'none' });
    expect(status).toBe(404);
    expect(headers['x-amzn-query-error']).toBe('ResourceNotFound;Sender');
    expect(value).toEqual({ __type: 'DashboardNotFoundError', message: 'Dashboard none does not exist' });
  });

  it('refuses by name what is not there', async () => {
    expect((await call('GetMetricData', {})).value).toMatchObject({
      message: 'Local AWS does not implement monitoring:GetMetricData.',
    });
    const service = await call('Anything', {}, 'Nobody');
    expect(service.value).toMatchObject({ message: 'Local AWS does not have the service "monitoring".' });
  });
});
