import path from 'node:path';
import { athenaOperations } from './athena/athena.js';
import { EXPIRES_EVERY, expire } from './athena/expiry.js';
import { QueryRunner } from './athena/query-runner.js';
import { type Clock, systemClock } from './clock.js';
import { cloudWatchOperations } from './cloudwatch/cloudwatch.js';
import { openEngine } from './engine/engine-process.js';
import { Deliveries } from './firehose/deliveries.js';
import { firehoseOperations } from './firehose/firehose.js';
import { glueOperations } from './glue/glue.js';
import { iamOperations } from './iam/iam.js';
import { kinesisOperations } from './kinesis/kinesis.js';
import { RecordLog } from './kinesis/record-log.js';
import { ShardLimits } from './kinesis/shard-limits.js';
import { TRIMS_EVERY, trimAll } from './kinesis/trimming.js';
import { kmsOperations } from './kms/kms.js';
import { logsOperations } from './logs/logs.js';
import { Rounds } from './rounds.js';
import { ObjectTable } from './s3/object-table.js';
import { s3Operations } from './s3/s3.js';
import { snsOperations } from './sns/sns.js';
import { ContentFiles } from './store/content.js';
import { DataFolderError } from './store/data-folder-error.js';
import { openStore } from './store/store.js';
import { stsOperations } from './sts/sts.js';
import type { Services } from './wire/exchange.js';
import { listen } from './wire/listener.js';
import { type Answered, requestHandler } from './wire/request-handler.js';
import type { ServiceName } from './wire/service-model.js';

export interface LocalAwsOptions {
  /** Where all state is kept. Made if it is not there. */
  readonly dataDir: string;
  /** @default - 127.0.0.1: nobody but this machine */
  readonly host?: string;
  /** @default - 0: a free one */
  readonly port?: number;
  /** Region of requests that do not name one. @default - us-east-1 */
  readonly region?: string;
  /** Whether Kinesis keeps to what AWS allows a shard a second. @default - false: as fast as the machine is */
  readonly throttle?: boolean;
  /** @default - the system's */
  readonly clock?: Clock;
  /** Hears what no caller is told: defects, and deliveries that failed and are tried again. @default - nobody */
  readonly onTrouble?: (message: string, error: unknown) => void;
  /** Hears of every request that was answered. @default - nobody */
  readonly onAnswered?: (answered: Answered) => void;
}

/** A local AWS that is running. */
export interface LocalAws {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The operations that each service has, by their names; all others are refused. */
  readonly operations: Readonly<Record<ServiceName, readonly string[]>>;
  /** Ends everything that is under way and closes the data folder. Once is enough. */
  close(): Promise<void>;
}

/**
 * Starts AWS on this machine, with what its data folder holds.
 * @throws DataFolderError for a folder that cannot be used, or the system's error for a port that cannot be had.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { host = '127.0.0.1', port = 0, region = 'us-east-1', clock = systemClock } = options;
  const onTrouble = options.onTrouble ?? (() => {});
  const dataDir = path.resolve(options.dataDir);
  const store = await openStore(dataDir);
  const content = new ContentFiles(dataDir);
  const log = new RecordLog(store);
  const objects = new ObjectTable(store, content);
  await content.open(objects.hasAny()).catch(async (error: Error) => {
    await store.close();
    throw new DataFolderError(dataDir, `cannot be used: ${error.message}`);
  });
  const engine = openEngine({ objectsDir: content.objectsFolder, stagingDir: content.stagingFolder });
  const deliveries = new Deliveries({
    store,
    log,
    objects,
    content,
    engine,
    clock,
    onFailure: (delivery, error) =>
      onTrouble(`The delivery stream ${delivery} could not deliver, and tries again`, error),
    onExpired: (delivery, records) =>
      onTrouble(
        `The delivery stream ${delivery} lost records`,
        new Error(`${records} were older than its source keeps them before they could be delivered`),
      ),
  });
  const trims = new Rounds({
    clock,
    every: TRIMS_EVERY,
    round: (isStopped) => trimAll({ store, log, clock }, isStopped),
    onTrouble: (error) => onTrouble('Old records could not be removed', error),
  });
  const athena = { store, objects, content, engine, clock };
  const runner = new QueryRunner(athena, (error, id) => onTrouble(`The query execution ${id} failed`, error));
  const expiries = new Rounds({
    clock,
    every: EXPIRES_EVERY,
    round: () => expire({ store, clock }),
    onTrouble: (error) => onTrouble('Old query executions could not be removed', error),
  });
  const shutDown = async () => {
    await expiries.stop();
    await trims.stop();
    await deliveries.stopAll();
    // A query that does not stop when it is cancelled ends with the engine.
    await engine.close();
    await runner.settled();
    await store.close();
  };
  const services: Services = {
    athena: athenaOperations(athena, runner),
    firehose: firehoseOperations({ store, log, clock, deliveries }),
    glue: glueOperations({ store, clock }),
    iam: iamOperations({ store, clock }),
    kinesis: kinesisOperations({
      store,
      log,
      clock,
      ...(options.throttle && { limits: new ShardLimits() }),
    }),
    kms: kmsOperations({ store, clock }),
    logs: logsOperations({ store, clock }),
    monitoring: cloudWatchOperations({ store, clock }),
    s3: s3Operations({ store, objects, content, clock }),
    sns: snsOperations({ store }),
    sts: stsOperations(),
  };
  const requests = requestHandler({
    services,
    host,
    defaultRegion: region,
    clock,
    ...(options.onAnswered && { onAnswered: options.onAnswered }),
    onDefect: (error, operation) => onTrouble(`${operation} failed`, error),
  });
  // Before anything can be asked: what is unfinished now is an earlier process's.
  await runner.failAbandoned();
  const listener = await listen({ host, port }, requests.handle).catch(async (error: unknown) => {
    await shutDown();
    throw error;
  });
  deliveries.startAll();
  trims.start();
  expiries.start();
  const swept = content
    .sweep(() => objects.files())
    .then(({ missing }) => {
      if (missing > 0)
        onTrouble('Objects cannot be read', new Error(`${missing} of their files are not in ${dataDir}`));
    })
    .catch((error: unknown) => onTrouble('Files without an object could not be removed', error));
  const close = async () => {
    // Before anything is waited for: a query may take as long as it likes.
    await runner.stopAll();
    await listener.close();
    await requests.settled();
    await swept;
    await shutDown();
  };
  let closed: Promise<void> | undefined;
  return {
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    operations: operationNames(services),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function operationNames(services: Services): LocalAws['operations'] {
  const names = Object.entries(services).map(([service, operations]) => [
    service,
    Object.keys(operations).sort(),
  ]);
  return Object.fromEntries(names) as LocalAws['operations'];
}
