import type {
  GetTableMetadataOutput,
  QueryExecution,
  StartQueryExecutionInput,
} from '@aws-sdk/client-athena';
import type { AthenaApi, Cell } from '../../athena/index.js';

/** How a fake query goes. */
export interface FakeQuery {
  /** The states that it is seen in, one a look; the last one stays. */
  readonly states?: readonly string[];
  readonly columns?: readonly (readonly [name: string, type: string])[];
  readonly rows?: readonly (readonly Cell[])[];
  readonly statementType?: 'DML' | 'DDL' | 'UTILITY';
  /** Rows a page, the header counted. */
  readonly pageSize?: number;
  readonly execution?: Partial<QueryExecution>;
  readonly startError?: Error;
  readonly stopError?: Error;
}

/** An Athena that runs one kind of query, and notes what it was asked. */
export class FakeAthena implements AthenaApi {
  readonly started: StartQueryExecutionInput[] = [];
  readonly stopped: (string | undefined)[] = [];
  readonly pages: (string | undefined)[] = [];
  looks = 0;

  constructor(private readonly query: FakeQuery = {}) {}

  async start(input: StartQueryExecutionInput) {
    this.started.push(input);
    if (this.query.startError) throw this.query.startError;
    return { QueryExecutionId: `query-${this.started.length}` };
  }

  async execution() {
    const { states = ['SUCCEEDED'], statementType = 'DML', execution } = this.query;
    const state = this.stopped.length > 0 ? 'CANCELLED' : states[Math.min(this.looks, states.length - 1)];
    this.looks++;
    return {
      QueryExecution: {
        StatementType: statementType,
        Statistics: {
          QueryQueueTimeInMillis: 11,
          EngineExecutionTimeInMillis: 222,
          TotalExecutionTimeInMillis: 250,
          DataScannedInBytes: 3_333,
        },
        ...execution,
        Status: { ...execution?.Status, State: state as 'SUCCEEDED' },
      },
    };
  }

  async results({ NextToken: token }: { NextToken?: string | undefined }) {
    this.pages.push(token);
    const { columns = [], rows = [], statementType = 'DML', pageSize = 1_000 } = this.query;
    const header = statementType === 'DML' ? [columns.map(([name]) => name)] : [];
    const all: readonly (readonly Cell[])[] = [...header, ...rows];
    const from = Number(token ?? 0);
    const Rows = all.slice(from, from + pageSize).map((cells) => ({
      Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: cell })),
    }));
    const next = from + pageSize;
    return {
      ResultSet: {
        Rows,
        ResultSetMetadata: { ColumnInfo: columns.map(([Name, Type]) => ({ Name, Type })) },
      },
      ...(next < all.length && { NextToken: String(next) }),
    };
  }

  async stop({ QueryExecutionId: id }: { QueryExecutionId?: string | undefined }) {
    if (this.query.stopError) throw this.query.stopError;
    this.stopped.push(id);
    return {};
  }

  async workGroup() {
    return {};
  }

  async table(_input?: { TableName?: string | undefined }): Promise<GetTableMetadataOutput> {
    throw Object.assign(new Error('There is none.'), { name: 'MetadataException' });
  }

  close() {}
}
