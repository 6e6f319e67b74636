import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { decodeQuery } from '../../../local/wire/query.js';

/** Operations that local AWS does not have itself show what the decoder does with lists and numbers. */
const assumeRole = {
  name: 'AssumeRole',
  input: NormalizedSchema.of(sts.AssumeRoleRequest$),
  output: NormalizedSchema.of(sts.AssumeRoleResponse$),
  http: undefined,
};

const decode = (form: string) => decodeQuery(assumeRole, new URLSearchParams(form));

const required = 'Action=AssumeRole&RoleArn=arn&RoleSessionName=me+%26+you';

describe('a form', () => {
  it('gives text, and leaves out what is not there', () => {
    expect(decode(required)).toEqual({ RoleArn: 'arn', RoleSessionName: 'me & you' });
  });

  it('gives numbers', () => {
    expect(decode(`${required}&DurationSeconds=900`)).toMatchObject({ DurationSeconds: 900 });
  });

  it('refuses what is no number', () => {
    expect(() => decode(`${required}&DurationSeconds=soon`)).toThrow('DurationSeconds is not a number.');
  });

  it('gives lists of structures in order', () => {
    const tags = 'Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.2.Key=b&Tags.member.2.Value=2';
    expect(decode(`${required}&${tags}`)).toMatchObject({
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
  });

  it('gives lists of texts, and empty ones', () => {
    const form = `${required}&TransitiveTagKeys.member.1=a&TransitiveTagKeys.member.2=b&Tags=`;
    expect(decode(form)).toMatchObject({ TransitiveTagKeys: ['a', 'b'], Tags: [] });
  });

  it('names what is required and not there', () => {
    expect(() => decode('Action=AssumeRole&RoleArn=arn')).toThrow(
      /^1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null$/i,
    );
  });
});
