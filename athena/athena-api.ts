import type {
  GetQueryExecutionInput,
  GetQueryExecutionOutput,
  GetQueryResultsInput,
  GetQueryResultsOutput,
  GetTableMetadataInput,
  GetTableMetadataOutput,
  GetWorkGroupInput,
  GetWorkGroupOutput,
  StartQueryExecutionInput,
  StartQueryExecutionOutput,
  StopQueryExecutionInput,
  StopQueryExecutionOutput,
} from '@aws-sdk/client-athena';
import type { Connection } from '../settings/index.js';

/** What a session needs of Athena: six operations, each retrying by itself where it is throttled. */
export interface AthenaApi {
  start(input: StartQueryExecutionInput): Promise<StartQueryExecutionOutput>;
  execution(input: GetQueryExecutionInput, signal?: AbortSignal): Promise<GetQueryExecutionOutput>;
  results(input: GetQueryResultsInput, signal?: AbortSignal): Promise<GetQueryResultsOutput>;
  stop(input: StopQueryExecutionInput): Promise<StopQueryExecutionOutput>;
  workGroup(input: GetWorkGroupInput): Promise<GetWorkGroupOutput>;
  table(input: GetTableMetadataInput): Promise<GetTableMetadataOutput>;
  /** Closes the connections that are kept. */
  close(): void;
}

/**
 * How often a request is tried that Athena throttles or does not answer: the SDK waits between the tries, longer each
 * time, up to 20 s. An account starts 20 queries a second, which a program with many of them soon does.
 */
const ATTEMPTS = 8;

/** Connects to Athena through the AWS SDK, which does all of the retrying. */
export async function connectAthena(connection: Connection): Promise<AthenaApi> {
  // Loaded here, so that `--help` and a mistyped flag need not wait for it.
  const sdk = await import('@aws-sdk/client-athena');
  const client = new sdk.AthenaClient({ ...connection, maxAttempts: ATTEMPTS });
  const abortable = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
  return {
    start: (input) => client.send(new sdk.StartQueryExecutionCommand(input)),
    execution: (input, signal) => client.send(new sdk.GetQueryExecutionCommand(input), abortable(signal)),
    results: (input, signal) => client.send(new sdk.GetQueryResultsCommand(input), abortable(signal)),
    stop: (input) => client.send(new sdk.StopQueryExecutionCommand(input)),
    workGroup: (input) => client.send(new sdk.GetWorkGroupCommand(input)),
    table: (input) => client.send(new sdk.GetTableMetadataCommand(input)),
    close: () => client.destroy(),
  };
}
