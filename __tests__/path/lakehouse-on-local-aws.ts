import { AthenaSession } from '../../athena/index.js';
import { datasets as all, type Dataset } from '../../datasets/index.js';
import { provision } from '../../local/provision/provision.js';
import { connectKinesis, generate, produce } from '../../producer/index.js';
import { connectionFor, loadSettings, namesFor } from '../../settings/index.js';
import { type RunningLocalAws, runLocalAws } from '../local/running-local-aws.js';
import { synthesizedFile } from '../stacks/synthesized.js';

/** A lakehouse that was synthesized, provisioned and can be written to and asked, as by its own commands. */
export interface Lakehouse extends RunningLocalAws {
  readonly names: ReturnType<typeof namesFor>;
  readonly session: AthenaSession;
  /** Sends so many fake events of a dataset and gives those that were acknowledged. */
  send(dataset: Dataset, amount: number): Promise<Readonly<Record<string, unknown>>[]>;
  /** Waits until a statement that counts gives this number. */
  waitForCount(sql: string, expected: number, milliseconds?: number): Promise<void>;
  /** The first column of every row. */
  column(sql: string): Promise<unknown[]>;
}

/** Starts local AWS, creates the stack for these datasets in it, and connects. */
export async function openLakehouse(
  datasets: readonly Dataset[] = all,
  options: Parameters<typeof runLocalAws>[0] = {},
): Promise<Lakehouse> {
  const running = await runLocalAws(options);
  const settings = settingsFor(running);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  await provision(synthesizedFile(settings, datasets), {
    endpoint: running.local.endpoint,
    region: settings.region,
    credentials,
  });
  return connectLakehouse(running);
}

/** Connects to a lakehouse that has been created, or is about to be, in a local AWS that is running. */
export function connectLakehouse(running: RunningLocalAws): Lakehouse {
  const settings = settingsFor(running);
  const names = namesFor(settings);
  const connection = connectionFor(settings);
  const polling = { first: 10, longest: 200 };
  const session = new AthenaSession({
    connection,
    workgroup: names.workgroup,
    database: names.database,
    polling,
  });
  const column = async (sql: string) => {
    const values: unknown[] = [];
    for await (const row of (await session.query(sql)).values()) values.push(row[0]);
    return values;
  };
  return {
    ...running,
    names,
    session,
    column,
    send: async (dataset, amount) => {
      const kinesis = await connectKinesis(connection);
      const events: Readonly<Record<string, unknown>>[] = [];
      const report = await produce({
        events: generate(dataset, { amount }),
        dataset,
        streamName: names.stream(dataset.name),
        send: kinesis.send,
        onSettled: (event, _index, settled) => {
          if (settled.kind === 'acknowledged') events.push(event);
        },
      });
      kinesis.close();
      if (report.fatal) throw report.fatal;
      return events;
    },
    waitForCount: async (sql, expected, milliseconds = 30_000) => {
      const until = performance.now() + milliseconds;
      for (;;) {
        const [count] = await column(sql);
        if (Number(count) === expected) return;
        if (performance.now() > until)
          throw new Error(`${sql} gave ${count} and not ${expected}. ${running.troubles}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    end: async () => {
      await session.close();
      await running.end();
    },
  };
}

const settingsFor = ({ local }: RunningLocalAws) =>
  loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: local.endpoint });
