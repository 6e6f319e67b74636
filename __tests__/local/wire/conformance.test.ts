import { cbor } from '@smithy/core/cbor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  operationModels,
  requiredMembers,
  SERVICES,
  type ServiceName,
} from '../../../local/wire/service-model.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { rawRequest } from './raw-request.js';
import { bodyOf, errorCode, protocolsOf, type RpcProtocol, rpcRequest } from './raw-rpc.js';

/** Design, wire: an error has AWS's code, status and shape in each protocol, whatever is asked of whichever service. */
let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(async () => {
  expect(aws.troubles).toEqual([]);
  await aws.end();
});

const services = (Object.keys(SERVICES) as ServiceName[]).filter((service) => service !== 's3');
const ways = services.flatMap((service) =>
  protocolsOf(service).map((protocol) => [service, protocol] as const),
);

describe.each(ways)('%s in %s', (service, protocol) => {
  const ask = async (operation: string, body: string | Buffer, headers: object = {}) => {
    const request = rpcRequest(protocol, service, operation, body);
    const answer = await rawRequest(aws.local.endpoint, {
      ...request,
      headers: { ...request.headers, ...headers },
    });
    return answer;
  };
  const told = async (operation: string, body: string | Buffer, headers?: object) => {
    const answer = await ask(operation, body, headers);
    return { status: answer.status, code: errorCode(protocol, answer) };
  };
  /** An operation of the service that has a required member which is a text. */
  const demanding = async () => {
    const models = await operationModels(service);
    for (const operation of aws.local.operations[service]) {
      const model = models.get(operation);
      const member = model && requiredMembers(model.input)[0];
      if (model && member && model.input.getMemberSchema(member).isStringSchema())
        return { operation, member };
    }
    return undefined;
  };

  it('refuses by its name an operation that AWS has not, and one that is not here', async () => {
    const models = await operationModels(service);
    const absent = [...models.keys()].find((name) => !aws.local.operations[service].includes(name));
    for (const operation of ['DoIt', absent ?? 'DoThat']) {
      const answer = await ask(operation, bodyOf(protocol, operation, {}));
      expect({ status: answer.status, code: errorCode(protocol, answer) }).toEqual({
        status: 501,
        code: 'NotImplemented',
      });
      expect(answer.text).toContain(`Local AWS does not implement ${service}:${operation}.`);
    }
  });

  it('names what is required and missing, in an empty body and in an empty input', async () => {
    const { operation } = (await demanding()) ?? {};
    if (operation === undefined) return;
    const expected = {
      status: 400,
      code: protocol === 'query' ? 'ValidationError' : 'ValidationException',
    };
    expect(await told(operation, bodyOf(protocol, operation, {}))).toEqual(expected);
    if (protocol !== 'query') expect(await told(operation, '')).toEqual(expected);
  });

  it('refuses a member of a wrong type, and passes over one that it does not know', async () => {
    const { operation, member } = (await demanding()) ?? {};
    if (operation === undefined || member === undefined || protocol === 'query') return;
    const wrong = { [member]: ['x'], WhatIsThis: { a: 1 } };
    expect(await told(operation, bodyOf(protocol, operation, wrong))).toEqual({
      status: 400,
      code: 'SerializationException',
    });
    const unknown = await ask(operation, bodyOf(protocol, operation, { WhatIsThis: { a: 1 } }));
    expect(errorCode(protocol, unknown)).toBe('ValidationException');
  });

  it('refuses a body that is none of its language, and one in another', async () => {
    if (protocol === 'query') return;
    const [operation = ''] = aws.local.operations[service];
    const models = await operationModels(service);
    if (models.get(operation)?.input.isUnitSchema()) return;
    const others = protocol === 'json' ? [cbor.serialize({ a: 1 }), '{', '"'] : ['{}', '\xff', 'a'];
    for (const body of others) {
      const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : Buffer.from(body);
      expect(await told(operation, bytes)).toEqual({ status: 400, code: 'SerializationException' });
    }
  });

  it('takes its language whatever the content type is called', async () => {
    if (protocol === 'aws-cbor') return;
    const type = { 'content-type': 'text/plain' };
    const answer = await ask('DoIt', bodyOf(protocol, 'DoIt', {}), type);
    expect(errorCode(protocol, answer)).toBe('NotImplemented');
  });
});

it.each(['json', 'aws-cbor', 'query'] as const)(
  'a body over the limit is refused in %s, before it is understood',
  async (protocol: RpcProtocol) => {
    const service = protocol === 'query' ? 'sns' : 'kinesis';
    const body = Buffer.alloc(16 * 1024 * 1024 + 1, 'x');
    const answer = await rawRequest(aws.local.endpoint, rpcRequest(protocol, service, 'CreateTopic', body));
    expect(answer.status).toBe(413);
    expect(errorCode(protocol, answer)).toBe('RequestEntityTooLarge');
  },
);

describe('the REST protocol of S3', () => {
  const ask = async (method: string, path: string, body: string | Buffer = '') => {
    const { status, headers, text } = await rawRequest(aws.local.endpoint, { method, path, body });
    const shape =
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>(\w+)<\/Code><Message>[^<]*<\/Message>(?:<BucketName>[^<]*<\/BucketName>)?<Resource>[^<]*<\/Resource><RequestId>([\w-]+)<\/RequestId><\/Error>$/.exec(
        text,
      );
    expect(headers['content-type']).toBe('application/xml');
    expect(headers['x-amz-request-id']).toBe(shape?.[2]);
    return { status, code: shape?.[1] };
  };

  it.each([
    ['GET', '/none', '', 404, 'NoSuchBucket'],
    ['GET', '/none/key', '', 404, 'NoSuchBucket'],
    ['PUT', '/UPPER', '', 400, 'InvalidBucketName'],
    ['GET', '/%ff', '', 400, 'InvalidURI'],
    ['POST', '/none?delete', '', 400, 'InvalidRequest'],
    ['POST', '/none?delete', '<Delete>', 400, 'MalformedXML'],
    ['POST', '/none?delete', '{"Delete":1}', 400, 'MalformedXML'],
    ['POST', '/none?delete', '<Delete/>', 400, 'MalformedXML'],
    ['GET', '/none?list-type=2&max-keys=many', '', 400, 'InvalidArgument'],
    ['PUT', '/none?replication', '<x/>', 501, 'NotImplemented'],
    ['PATCH', '/none', '', 501, 'NotImplemented'],
  ])('has an error in its shape: %s %s %s is %i %s', async (method, path, body, status, code) => {
    expect(await ask(method, path, body)).toEqual({ status, code });
  });

  it('refuses a document over the limit', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 + 1, ' ');
    expect(await ask('POST', '/none?delete', body)).toEqual({ status: 413, code: 'RequestEntityTooLarge' });
  });
});

it('a CBOR body that would have room made for more than there is in it is refused at once', async () => {
  // Lists in one another, each of which says that it has 30 million items.
  const body = Buffer.from(`a167${Buffer.from('Records').toString('hex')}${'9a01c9c380'.repeat(60)}`, 'hex');
  const answer = await rawRequest(aws.local.endpoint, rpcRequest('aws-cbor', 'kinesis', 'PutRecords', body));
  expect({ status: answer.status, code: errorCode('aws-cbor', answer) }).toEqual({
    status: 400,
    code: 'SerializationException',
  });
});
