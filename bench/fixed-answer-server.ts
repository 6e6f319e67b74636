import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own: reads the body of every request and answers what its parent has sent it first, so that it does
// what every server has to do and nothing else. Says where it listens, and ends when its parent does.

const [answer] = await once(process, 'message');
const bytes = Buffer.from(String(answer));

const server = createServer({ noDelay: true }, (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    // A body is whole before anything is done with it.
    Buffer.concat(parts);
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());
