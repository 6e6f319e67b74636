import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What an operation answers: its output, or an error by name. */
export type Answer = { readonly output: unknown } | { readonly error: string; readonly message: string };

/** Operations by name, such as `PutRecords`; `protocol` is the HTTP version it was called by. */
export type Operations = Readonly<
  Record<string, (input: never, protocol: string) => Answer | Promise<Answer>>
>;

/** A server on a free port that speaks AWS's JSON protocol, with these operations and no others. */
export async function startFakeAws(operations: Operations) {
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request, operations);
    const failed = 'error' in answer;
    response.writeHead(failed ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(failed ? { __type: answer.error, message: answer.message } : answer.output));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answerTo(request: IncomingMessage, operations: Operations): Promise<Answer> {
  const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  const operation = operations[name];
  const body = await text(request);
  if (!operation) return { error: 'UnknownOperationException', message: `No ${name} here.` };
  return operation(JSON.parse(body) as never, request.httpVersion);
}
