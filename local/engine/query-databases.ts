import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';
import { NativeTurn } from './native-turn.js';
import { ScanLog } from './scan-log.js';
import { Turns } from './turns.js';

/** Queries with natives that run at once; more of them wait, as they would for this process's one thread. */
const NATIVE_AT_ONCE = 4;

export interface QueryDatabasesOptions {
  /** Opens the one that most queries share. */
  readonly openShared: (beforeNative: () => void) => Promise<DuckDBInstance>;
  /** Opens another, with one thread. */
  readonly openSingle: (number: number) => Promise<DuckDBInstance>;
}

/**
 * The databases that queries run in. All share one, until a query turns out to keep the thread of this process by its
 * natives: it then runs in one of its own that has one thread. That waits alone for its calls, and the requests that
 * have come meanwhile have their turn between two of them.
 */
export class QueryDatabases {
  private readonly turn = new NativeTurn();
  private readonly shared: QueryDatabase;
  private readonly idle: QueryDatabase[];
  private readonly turns = new Turns(NATIVE_AT_ONCE);

  constructor({ openShared, openSingle }: QueryDatabasesOptions) {
    this.shared = new QueryDatabase(() => openShared(() => this.turn.check()));
    this.idle = Array.from({ length: NATIVE_AT_ONCE }, (_, i) => new QueryDatabase(() => openSingle(i)));
  }

  /** Gives `use` a connection to the database that all share. */
  sharing<T>(use: Use<T>): Promise<T> {
    return this.shared.connected(use);
  }

  /**
   * Gives `use` connections to run a query on. Where natives were refused a call meanwhile it is done once more: even if
   * the query has not failed by that, it may hold nulls for it.
   */
  async running<T>(mayCallNatives: boolean, signal: AbortSignal, use: Use<T>): Promise<T> {
    const { refused } = this.turn;
    const outcome = await settled(this.shared.connected(use));
    signal.throwIfAborted();
    if (!mayCallNatives || this.turn.refused === refused) return outcome();
    return this.turns.take(signal, async () => {
      // The one that was used last is open.
      const database = this.idle.shift() ?? this.shared;
      try {
        return await database.connected(use);
      } finally {
        this.idle.unshift(database);
      }
    });
  }
}

/** What gives the value of a promise, or throws its error. */
function settled<T>(promise: Promise<T>): Promise<() => T> {
  return promise.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
}

type Use<T> = (connection: DuckDBConnection, log: ScanLog) => Promise<T>;

class QueryDatabase {
  private readonly log: ScanLog;
  private opened: Promise<DuckDBInstance> | undefined;

  constructor(private readonly open: () => Promise<DuckDBInstance>) {
    this.log = new ScanLog(() => this.instance());
  }

  connected<T>(use: Use<T>): Promise<T> {
    return this.log.holding(async () =>
      withConnection(await this.instance(), (connection) => use(connection, this.log)),
    );
  }

  private instance(): Promise<DuckDBInstance> {
    this.opened ??= this.open();
    return this.opened;
  }
}
