import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provision } from '../../../local/provision/provision.js';

/** A server that knows one account, and buckets that keep their names. */
let server: Server;
let endpoint: string;
const buckets = new Set<string>();

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    const bucket = (request.url ?? '/').split('/')[1]?.split('?')[0] ?? '';
    if (request.method === 'POST') return response.end(IDENTITY);
    if (request.method === 'HEAD') return response.writeHead(buckets.has(bucket) ? 200 : 404).end();
    if (bucket === 'refused') return response.writeHead(403).end(DENIED);
    buckets.add(bucket);
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => buckets.clear());

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Account>123456789012</Account><Arn>arn:aws:iam::123456789012:root</Arn><UserId>root</UserId>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const DENIED = '<Error><Code>AccessDenied</Code><Message>Not yours.</Message></Error>';

const connection = () => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const data = { aws_caller_identity: { me: {} } };
const bucketStack = (bucket: string) => ({
  data,
  resource: {
    aws_s3_bucket: { data: { bucket, force_destroy: true, acl: 'private' } },
    aws_kms_key: { key: { policy: '${jsonencode({})}' } },
  },
});

describe('provision', () => {
  it("creates what it can in the caller's account, and names what it skips and leaves out", async () => {
    const report = await provision(
      bucketStack('lake-${data.aws_caller_identity.me.account_id}'),
      connection(),
    );
    expect([...buckets]).toEqual(['lake-123456789012']);
    expect(report).toEqual({
      created: [{ type: 'aws_s3_bucket', name: 'data', awsName: 'lake-123456789012' }],
      existing: [],
      skipped: [{ type: 'aws_kms_key', name: 'key' }],
      leftOut: [{ type: 'aws_s3_bucket', name: 'data', properties: ['acl'] }],
    });
  });

  it('leaves alone what is there', async () => {
    await provision(bucketStack('lake'), connection());
    const again = await provision(bucketStack('lake'), connection());
    expect(again.created).toEqual([]);
    expect(again.existing).toEqual([{ type: 'aws_s3_bucket', name: 'data', awsName: 'lake' }]);
  });

  it('says which resource was refused, and why', async () => {
    await expect(provision(bucketStack('refused'), connection())).rejects.toMatchObject({
      name: 'ProvisionError',
      message: 'aws_s3_bucket.data: refused could not be created: Not yours.',
    });
  });

  it('creates nothing from an expression that it cannot resolve', async () => {
    await expect(provision(bucketStack('lake-${random_id.x.hex}'), connection())).rejects.toThrow(
      'aws_s3_bucket.data: cannot resolve ${random_id.x.hex}; use Terraform for this stack',
    );
    expect(buckets.size).toBe(0);
  });

  it('says that nobody answers', async () => {
    const nowhere = { ...connection(), endpoint: 'http://127.0.0.1:1' };
    await expect(provision(bucketStack('lake'), nowhere)).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1: does not say whose account this is: .*ECONNREFUSED/,
    );
  });

  it('says that there is no such file, or no stack in it', async () => {
    await expect(provision('no-such-file.json', connection())).rejects.toThrow(
      'no-such-file.json: cannot be read; synthesize the stack first',
    );
    await expect(provision('package.json', connection())).rejects.toThrow(
      'package.json: is no synthesized stack',
    );
    await expect(provision('.npmrc', connection())).rejects.toThrow('.npmrc: is not JSON');
  });
});
