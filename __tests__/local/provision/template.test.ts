import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference, parseTemplate } from '../../../local/provision/template.js';

const text = (value: string) => ({ kind: 'text', text: value });
const expression = (value: string) => ({ kind: 'expression', expression: value });

describe('parseTemplate', () => {
  it('takes text and several expressions apart', () => {
    expect(parseTemplate('s3://${aws_s3_bucket.data.bucket}/${local.folder}/')).toEqual([
      text('s3://'),
      expression('aws_s3_bucket.data.bucket'),
      text('/'),
      expression('local.folder'),
      text('/'),
    ]);
  });

  it("leaves Firehose's expressions alone", () => {
    expect(parseTemplate('year=!{timestamp:yyyy}/')).toEqual([text('year=!{timestamp:yyyy}/')]);
  });

  it('reads an escaped ${ and %{ as text', () => {
    expect(parseTemplate('$${year}/%%{x}')).toEqual([text('${year}/%{x}')]);
  });

  it('finds the end of an expression past strings and inner braces', () => {
    expect(parseTemplate('${jsonencode({"a" = "}\\"}"})}!')).toEqual([
      expression('jsonencode({"a" = "}\\"}"})'),
      text('!'),
    ]);
  });

  it('finds the end of an expression past braces in braces', () => {
    expect(parseTemplate('${f({a = {b = {}}, c = 1})}!')).toEqual([
      expression('f({a = {b = {}}, c = 1})'),
      text('!'),
    ]);
  });

  it('refuses an expression that does not end, and a directive', () => {
    expect(parseTemplate('${aws_s3_bucket.data')).toBeUndefined();
    expect(parseTemplate('%{ if true }a%{ endif }')).toBeUndefined();
  });

  it('gives every text without $ or % back as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((value) => !/[$%]/.test(value)),
        (value) => {
          expect(parseTemplate(value)).toEqual([text(value)]);
        },
      ),
    );
  });
});

describe('parseReference', () => {
  it.each<[string, (string | number)[]]>([
    ['aws_s3_bucket.data.arn', ['aws_s3_bucket', 'data', 'arn']],
    [
      'data.aws_partition.account_partition_32ACE770.partition',
      ['data', 'aws_partition', 'account_partition_32ACE770', 'partition'],
    ],
    ['aws_x.with-hyphen_1.configuration[0].name', ['aws_x', 'with-hyphen_1', 'configuration', 0, 'name']],
    ['local.names["a b"]', ['local', 'names', 'a b']],
    ['local.list.0', ['local', 'list', 0]],
  ])('reads %s', (expression, steps) => {
    expect(parseReference(expression)).toEqual(steps);
  });

  it.each([
    '',
    'local',
    '"text"',
    '1',
    'a.b + c.d',
    'jsonencode(a.b)',
    'a.b ? 1 : 2',
    'a.b[*].c',
    'a.b[each.key]',
    'a..b',
  ])('takes %j for no plain reference', (expression) => {
    expect(parseReference(expression)).toBeUndefined();
  });
});
