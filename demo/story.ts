import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { footer } from '../athena/footer.js';
import { table } from '../athena/format/table.js';
import { AthenaSession, type Row } from '../athena/index.js';
import type { Dataset } from '../datasets/index.js';
import { connectKinesis, generate, produce } from '../producer/index.js';
import { type Connection, connectionFor, loadSettings, type Names, namesFor } from '../settings/index.js';
import { compare } from './compare.js';
import type { LocalAwsProcess } from './local-aws-process.js';
import { Narrator } from './narrator.js';

/** The article's query. */
const QUERY_FILE = new URL('../queries/ten-customers.sql', import.meta.url);

/** How long Firehose may take to deliver, in milliseconds; it buffers for one second. */
const DELIVERY_PATIENCE = 60_000;

interface Scene {
  readonly local: LocalAwsProcess;
  readonly dataset: Dataset;
  readonly amount: number;
  /** When the demo began, by `performance.now()`. */
  readonly started: number;
}

/** Takes events through the whole path and tells each step; true if every event came back as it was sent. */
export async function tellStory({ local, dataset, amount, started }: Scene): Promise<boolean> {
  const settings = loadSettings({ ...process.env, LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: local.endpoint });
  const names = namesFor(settings);
  const connection = connectionFor(settings);
  const narrator = new Narrator(5, started);

  const created = local.told.filter((line) => line.startsWith('created')).length;
  narrator.step(`Local AWS is up at ${local.endpoint}, and the stack is created: ${created} resources.`, [
    `stacks/ says what they are; AWS_ENDPOINT_URL=${local.endpoint} aws kinesis list-streams shows one`,
  ]);

  const events = await send(connection, names, dataset, amount, narrator);
  const delivered = await waitForParquet(connection, names, dataset, amount);
  narrator.step(`Firehose has converted the JSON to Parquet and put it into S3.`, delivered);

  const session = new AthenaSession({
    connection,
    workgroup: names.workgroup,
    database: names.database,
    polling: { first: 10, longest: 500 },
  });
  try {
    const sql = (await readFile(QUERY_FILE, 'utf8')).replace(/^--.*\n/gm, '').trim();
    const result = await session.query(sql);
    narrator.step(`Athena has run the article's query: ${sql}`, []);
    for await (const text of table(result.columns, result.cells(), { terminal: true, color: false })) {
      process.stdout.write(text);
    }
    narrator.aside(footer(result.statistics, result.rowsRead));

    const rows: Row[] = [];
    for await (const row of await session.query(`SELECT * FROM ${names.table(dataset.name)}`)) rows.push(row);
    const { missing, extra, changed } = compare(dataset, events, rows);
    const isWhole = missing === 0 && extra === 0 && changed.length === 0;
    narrator.step(
      isWhole
        ? `Every event is accounted for: ${amount} sent, ${rows.length} rows, each value as it was sent.`
        : `${amount} sent, ${rows.length} rows: ${missing} missing, ${extra} too many, ${changed.length} values changed.`,
      isWhole ? ['next: npm run local -- --provision, then the commands in the README'] : changed.slice(0, 5),
    );
    return isWhole;
  } finally {
    await session.close();
  }
}

async function send(
  connection: Connection,
  names: Names,
  dataset: Dataset,
  amount: number,
  narrator: Narrator,
) {
  const kinesis = await connectKinesis(connection);
  const streamName = names.stream(dataset.name);
  const events: Readonly<Record<string, unknown>>[] = [];
  const report = await produce({
    events: generate(dataset, { amount, seed: undefined }),
    dataset,
    streamName,
    send: kinesis.send,
    onSettled: (event, _index, settled) => {
      if (settled.kind === 'acknowledged') events.push(event);
    },
  });
  kinesis.close();
  if (report.fatal) throw report.fatal;
  narrator.step(
    `The producer has sent ${report.acknowledged} of ${amount} events to the stream ${streamName}.`,
    [`the first: ${JSON.stringify(events[0])}`, `datasets/${dataset.name}.ts defines them`],
  );
  return events;
}

/** Waits until the objects hold all events, and says where they lie. */
async function waitForParquet(
  connection: Connection,
  names: Names,
  dataset: Dataset,
  amount: number,
): Promise<string[]> {
  const s3 = new S3Client({ ...connection, forcePathStyle: true });
  const session = new AthenaSession({ connection, workgroup: names.workgroup, database: names.database });
  const account = '000000000000';
  const bucket = names.bucket('data', account);
  const table = names.table(dataset.name);
  const until = performance.now() + DELIVERY_PATIENCE;
  try {
    for (;;) {
      const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${table}/` }));
      const objects = listed.Contents ?? [];
      if (objects.length > 0 && (await countRows(session, table)) >= amount) {
        return objects.slice(0, 3).map(({ Key, Size }) => `s3://${bucket}/${Key} (${Size} bytes)`);
      }
      if (performance.now() > until)
        throw new Error(`Firehose delivered nothing in ${DELIVERY_PATIENCE / 1000} s.`);
      await sleep(100);
    }
  } finally {
    s3.destroy();
    await session.close();
  }
}

async function countRows(session: AthenaSession, table: string): Promise<number> {
  for await (const { events } of await session.query<{ events: bigint }>(
    `SELECT count(*) AS events FROM ${table}`,
  )) {
    return Number(events);
  }
  return 0;
}
