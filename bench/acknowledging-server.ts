import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

// A process of its own: a Kinesis that acknowledges every record of every PutRecords and keeps none, so that more can
// be sent to it than a disk would hold. Says where it listens, and ends when its parent does.

interface PutRecords {
  readonly Records: readonly unknown[];
}

const server = createServer(async (request, response) => {
  const { Records } = (await json(request)) as PutRecords;
  const records = Records.map(() => ({ SequenceNumber: '1', ShardId: 'shardId-000000000000' }));
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify({ FailedRecordCount: 0, Records: records }));
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once('disconnect', () => process.exit());
