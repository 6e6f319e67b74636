import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as sns from '@aws-sdk/client-sns';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { decodeQuery, encodeQuery } from '../../../local/wire/query.js';

type Schema = Parameters<typeof NormalizedSchema.of>[0];

const model = (name: string, input: Schema, output: Schema = 'unit') => ({
  name,
  input: NormalizedSchema.of(input),
  output: NormalizedSchema.of(output),
  http: undefined,
});
const decode = (name: string, input: Schema, form: string) =>
  decodeQuery(model(name, input), new URLSearchParams(form));

/** What Query has that STS does not use: maps, and collections without a level of their own. */
describe('a map', () => {
  const topic = (form: string) => decode('CreateTopic', sns.CreateTopicInput$, `Name=t&${form}`);

  it('is read from numbered entries', () => {
    const one = 'Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=A+%26+B';
    const two = 'Attributes.entry.2.key=Policy&Attributes.entry.2.value=';
    expect(topic(`${one}&${two}`)).toEqual({ Name: 't', Attributes: { DisplayName: 'A & B', Policy: '' } });
  });

  it('may be empty, and may be left out', () => {
    expect(topic('Attributes=')).toEqual({ Name: 't', Attributes: {} });
    expect(topic('')).toEqual({ Name: 't' });
  });

  it('of structures is read, also where keys and values have names of their own', () => {
    const publish = decode(
      'Publish',
      sns.PublishInput$,
      'Message=m&MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType=String' +
        '&MessageAttributes.entry.1.Value.StringValue=v',
    );
    expect(publish).toMatchObject({ MessageAttributes: { n: { DataType: 'String', StringValue: 'v' } } });
  });

  it('that is flattened leaves out a level', () => {
    const flat: Schema = [2, 'test', 'Map', { xmlFlattened: 1 }, 0, 0];
    const input: Schema = [3, 'test', 'Input', 0, ['Map'], [[() => flat, { xmlFlattened: 1 }]]];
    expect(decode('Op', input, 'Map.1.key=a&Map.1.value=1&Map.2.key=b&Map.2.value=2')).toEqual({
      Map: { a: '1', b: '2' },
    });
  });

  it('is written in entries', () => {
    const operation = model(
      'GetTopicAttributes',
      sns.GetTopicAttributesInput$,
      sns.GetTopicAttributesResponse$,
    );
    const xml = encodeQuery(operation, { Attributes: { Policy: '<a&b>' } }, 'id', 'urn:sns');
    expect(xml).toContain(
      '<Attributes><entry><key>Policy</key><value>&lt;a&amp;b&gt;</value></entry></Attributes>',
    );
    expect(xml).toContain('<GetTopicAttributesResponse xmlns="urn:sns"><GetTopicAttributesResult>');
  });
});

describe('a list', () => {
  const alarm = (form: string) =>
    decode(
      'PutMetricAlarm',
      cloudWatch.PutMetricAlarmInput$,
      `AlarmName=a&ComparisonOperator=x&EvaluationPeriods=1&${form}`,
    );

  it('of structures with lists in them is read', () => {
    const metric = 'Metrics.member.1.Id=m&Metrics.member.1.MetricStat.Metric.Dimensions.member';
    const form = `${metric}.1.Name=a&${metric.split('&')[1]}.1.Value=b&Metrics.member.1.MetricStat.Period=60`;
    expect(alarm(`${form}&Metrics.member.1.MetricStat.Stat=Sum`)).toMatchObject({
      Metrics: [
        {
          Id: 'm',
          MetricStat: { Metric: { Dimensions: [{ Name: 'a', Value: 'b' }] }, Period: 60, Stat: 'Sum' },
        },
      ],
    });
  });

  it('names what is required in it and not there', () => {
    expect(() => alarm('Dimensions.member.1.Name=a')).toThrow("Value null at 'dimensions.1.member.value'");
  });
});

describe('a value', () => {
  const data = (field: string) =>
    decode(
      'PutMetricData',
      cloudWatch.PutMetricDataInput$,
      `Namespace=n&MetricData.member.1.MetricName=m&MetricData.member.1.${field}`,
    );

  it('that is a timestamp or a number is read', () => {
    expect(data('Timestamp=2026-02-04T21:35:54Z')).toMatchObject({
      MetricData: [{ Timestamp: new Date('2026-02-04T21:35:54Z') }],
    });
    expect(data('Value=1.5')).toMatchObject({ MetricData: [{ Value: 1.5 }] });
  });

  it.each(['Timestamp=soon', 'Value=much', 'Value='])('that is neither is refused: %s', (field) => {
    expect(() => data(field)).toThrow(/MetricData\.member\.1\.\w+ is not a (timestamp|number)\./);
  });
});
