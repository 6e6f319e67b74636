import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';

/**
 * The JSON body of a PutRecords request, as the SDK would make it. The SDK makes base64 byte by byte in JavaScript,
 * which takes a fifth of all the time that is spent on sending; here Node's own does it.
 */
export function putRecordsBody({ StreamName, StreamARN, Records = [] }: PutRecordsCommandInput): Uint8Array {
  const head = JSON.stringify({ StreamName, StreamARN }).slice(0, -1);
  const heads = Records.map(({ PartitionKey, ExplicitHashKey }, index) => {
    const names = JSON.stringify({ PartitionKey, ExplicitHashKey }).slice(0, -1);
    return `${index === 0 ? '' : ','}${names},"Data":"`;
  });
  const bytes = Records.reduce(
    (sum, { Data }, index) => sum + Buffer.byteLength(heads[index] ?? '') + base64Length(Data) + END.length,
    Buffer.byteLength(head) + RECORDS.length + CLOSE.length,
  );
  const body = Buffer.allocUnsafeSlow(bytes);
  let at = body.write(head);
  at += body.write(RECORDS, at, 'latin1');
  for (const [index, { Data }] of Records.entries()) {
    at += body.write(heads[index] ?? '', at);
    at += body.write(base64(Data), at, 'latin1');
    at += body.write(END, at, 'latin1');
  }
  body.write(CLOSE, at, 'latin1');
  return body;
}

const RECORDS = ',"Records":[';
const END = '"}';
const CLOSE = ']}';

const base64Length = (data: Uint8Array | undefined) => Math.ceil((data?.byteLength ?? 0) / 3) * 4;

const base64 = (data: Uint8Array | undefined) =>
  data ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') : '';
