import { describe, expect, it } from 'vitest';
import { faultOf } from '../../cli/fault.js';
import { loadSettings, SettingsError } from '../../settings/index.js';

const local = loadSettings({ LAKEHOUSE_ENV: 'local' });
const prod = loadSettings({ LAKEHOUSE_ENV: 'prod', AWS_REGION: 'eu-west-1' });
const named = (name: string, message: string, code?: string) =>
  Object.assign(new Error(message), { name, ...(code && { code }) });

describe('a fault', () => {
  it('says how to start local AWS where nobody answers', () => {
    const { kind, lines } = faultOf(named('Error', 'connect', 'ECONNREFUSED'), { settings: local });
    expect(kind).toBe('unreachable');
    expect(lines.join('\n')).toContain('http://127.0.0.1:4566');
    expect(lines.join('\n')).toContain('npm run local');
  });

  it('finds the code of an error that another one wraps', () => {
    const wrapped = new Error('failed', { cause: named('Error', 'connect', 'ECONNREFUSED') });
    expect(faultOf(wrapped, { settings: prod })).toMatchObject({
      kind: 'unreachable',
      lines: [expect.stringContaining('eu-west-1'), expect.any(String)],
    });
  });

  it.each([
    ['CredentialsProviderError', 'Could not load credentials', 'credentials', 'LAKEHOUSE_ENV=local'],
    ['CredentialsProviderError', 'The SSO session has expired', 'credentials', 'aws sso login'],
    ['ExpiredTokenException', 'The token is expired', 'credentials', 'expired'],
    ['UnrecognizedClientException', 'The token is invalid', 'credentials', 'AWS_ACCESS_KEY_ID'],
    ['AccessDeniedException', 'not authorized to perform kinesis:PutRecords', 'denied', 'kinesis:PutRecords'],
    ['ResourceNotFoundException', 'Stream s not found.', 'missing', 'LAKEHOUSE_ENV=prod npm run deploy'],
    ['InvalidRequestException', 'WorkGroup is not found.', 'missing', 'npm run deploy'],
    ['UsageError', 'x is wrong', 'usage', 'x is wrong'],
    ['TypeError', 'surprise', 'unknown', 'TypeError: surprise'],
  ])('of %s (%s) is of kind %s and says "%s"', (name, message, kind, said) => {
    const fault = faultOf(named(name, message), { settings: prod });
    expect(fault.kind).toBe(kind);
    expect(fault.lines.join('\n')).toContain(said);
  });

  it('takes a setting that cannot be used for wrong usage', () => {
    const error = new SettingsError('LAKEHOUSE_ENV', 'x', 'one of …');
    expect(faultOf(error)).toEqual({ kind: 'usage', lines: [error.message] });
  });

  it('has one or two lines, whatever was thrown', () => {
    for (const thrown of [undefined, null, 'text', 7, {}, new Error(''), named('E', 'a\n  b\nc')]) {
      const { lines } = faultOf(thrown);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(line).not.toContain('\n');
    }
  });
});
