import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';
import { QueryFault } from './engine.js';
import { NativeTurn } from './native-turn.js';
import { ScanLog } from './scan-log.js';
import type { NativeHearer, TrinoError } from './sql/natives/native.js';
import { Turns } from './turns.js';

/** Queries with natives that run at once; more of them wait, as they would for this process's one thread. */
const NATIVE_AT_ONCE = 4;

export interface QueryDatabasesOptions {
  /** Opens the one that most queries share. */
  readonly openShared: (hearer: NativeHearer) => Promise<DuckDBInstance>;
  /** Opens another, with one thread. */
  readonly openSingle: (number: number, hearer: NativeHearer) => Promise<DuckDBInstance>;
}

/** What a query has to do with natives. */
interface Natives {
  readonly mayBeCalled: boolean;
  /** Whether there is a TRY to make NULL of what one refuses. */
  readonly mayBeHidden: boolean;
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
    const check = () => this.turn.check();
    this.shared = new QueryDatabase((onRefused) => openShared({ beforeCall: check, onRefused }));
    this.idle = Array.from(
      { length: NATIVE_AT_ONCE },
      (_, i) => new QueryDatabase((onRefused) => openSingle(i, { beforeCall: () => {}, onRefused })),
    );
  }

  /** Gives `use` a connection to the database that all share, of which nothing is counted. */
  sharing<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.shared.uncounted(use);
  }

  /**
   * Gives `use` connections to run a query on. Where natives were refused a call meanwhile it is done once more: even if
   * the query has not failed by that, it may hold nulls for it. The same goes for what a native refused, if the query has
   * a TRY to hide it: that may have been another query's.
   * @throws QueryFault for what was refused and hidden.
   */
  async running<T>(natives: Natives, signal: AbortSignal, use: Use<T>): Promise<T> {
    const { shared, turn } = this;
    const { refused: refusedBefore } = turn;
    let refusalsBefore = shared.refusals;
    const [outcome] = await Promise.allSettled([
      shared.connected((connection, log) =>
        use(connection, log, () => {
          refusalsBefore = shared.refusals;
        }),
      ),
    ]);
    signal.throwIfAborted();
    const isHidden =
      natives.mayBeHidden && outcome.status === 'fulfilled' && shared.refusals !== refusalsBefore;
    if (!natives.mayBeCalled || (turn.refused === refusedBefore && !isHidden)) {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    }
    return this.turns.take(signal, () => this.alone(natives, use));
  }

  private async alone<T>({ mayBeHidden }: Natives, use: Use<T>): Promise<T> {
    // The one that was used last is open.
    const database = this.idle.shift() ?? this.shared;
    database.forgetRefused();
    try {
      const value = await database.connected((connection, log) =>
        use(connection, log, () => database.forgetRefused()),
      );
      if (mayBeHidden) database.throwRefused();
      return value;
    } finally {
      this.idle.unshift(database);
    }
  }
}

/** @param onPlanned to be called when the query is planned and not yet run. */
type Use<T> = (connection: DuckDBConnection, log: ScanLog, onPlanned: () => void) => Promise<T>;

class QueryDatabase {
  /** How often natives have refused, and what they did the last time. */
  refusals = 0;
  private refused: TrinoError | undefined;
  private readonly log: ScanLog;
  private opened: Promise<DuckDBInstance> | undefined;

  constructor(private readonly open: (onRefused: (error: TrinoError) => void) => Promise<DuckDBInstance>) {
    this.log = new ScanLog(() => this.instance());
  }

  connected<T>(use: (connection: DuckDBConnection, log: ScanLog) => Promise<T>): Promise<T> {
    return this.log.holding(async () =>
      withConnection(await this.instance(), (connection) => use(connection, this.log)),
    );
  }

  async uncounted<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return withConnection(await this.instance(), use);
  }

  forgetRefused(): void {
    this.refused = undefined;
  }

  /** @throws QueryFault for what a native has refused meanwhile. */
  throwRefused(): void {
    if (this.refused) throw new QueryFault(this.refused.code, this.refused.text);
  }

  private instance(): Promise<DuckDBInstance> {
    this.opened ??= this.open((error) => {
      this.refusals++;
      this.refused = error;
    });
    return this.opened;
  }
}
