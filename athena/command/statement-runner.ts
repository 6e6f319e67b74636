import type { Output } from '../../cli/output.js';
import { datasets } from '../../datasets/index.js';
import { namesFor, type Settings } from '../../settings/index.js';
import { dollarText } from '../cost/query-dollars.js';
import { footer, size } from '../footer.js';
import { unfilteredTables } from '../partitions/unfiltered.js';
import type { AthenaSession } from '../session.js';
import type { Sql } from '../sql/sql.js';
import { LiveLine, type LiveStream } from './live-line.js';
import { defaultMaxRows, type Printing, printResult } from './print-result.js';

export interface StatementRunnerOptions {
  readonly session: AthenaSession;
  readonly settings: Settings;
  readonly output: Output;
  /** Where what is no row is told. */
  readonly stderr: LiveStream;
  readonly quiet?: boolean | undefined;
  /** Bytes that a query was to read at the most. */
  readonly maxScan?: number | undefined;
}

/** Runs statements: rows go to the output, what they took to stderr. */
export class StatementRunner {
  readonly #options: StatementRunnerOptions;
  /** Tables that the user has been told of already. */
  readonly #noted = new Set<string>();
  readonly #tables: readonly string[];

  constructor(options: StatementRunnerOptions) {
    this.#options = options;
    const { table } = namesFor(options.settings);
    this.#tables = datasets.map(({ name }) => table(name));
  }

  /** @throws what the session's `query` does, and UsageError for a file that cannot be written. */
  async run(statement: Sql, printing: Printing, signal: AbortSignal): Promise<void> {
    const { session, settings, output, stderr, quiet = false, maxScan } = this.#options;
    this.#noteWholeTables(statement);
    const live = new LiveLine(stderr, { hidden: quiet });
    const progress = { onProgress: live.show.bind(live) };
    const result = await session.query(statement, { signal, ...progress }).finally(() => live.stop());
    const { format } = printing;
    const maxRows =
      printing.maxRows ?? (printing.file ? undefined : defaultMaxRows(format, output.isTerminal));
    // What has written rows gives none, and a table without any would tell nothing.
    const isTold = result.updateCount !== undefined && format === 'table' && !printing.file;
    const isCut = !isTold && (await printResult(result, output, { ...printing, maxRows }));
    if (isCut && !output.readerLeft.aborted)
      this.say(
        `Printed the first ${Number(maxRows).toLocaleString('en')} rows; --max-rows all prints every one.`,
      );
    const charge = { dollars: result.dollars, isLocal: settings.environment === 'local' };
    const rows = isCut ? Number(maxRows) : (result.updateCount ?? result.rowsRead);
    this.say(footer(result.statistics, rows, charge));
    if (result.statistics.bytesScanned > (maxScan ?? Number.POSITIVE_INFINITY))
      this.say(
        'It has read more than --max-scan allows: it ended before it was seen to, and could not be stopped.',
      );
  }

  /** Tells something that is no row and no fault. */
  say(line: string): void {
    if (!this.#options.quiet) this.#options.stderr.write(`${line}\n`);
  }

  /** Prints what is no row but was asked for. */
  async print(text: string): Promise<void> {
    await this.#options.output.write(text);
    await this.#options.output.flush();
  }

  /** What all statements took together. */
  get total(): string {
    const { queries, bytesScanned, dollars } = this.#options.session.spent;
    const count = queries === 1 ? '1 query' : `${queries.toLocaleString('en')} queries`;
    return `Together: ${count}   ${size(bytesScanned)} scanned   about ${dollarText(dollars)}`;
  }

  /** Once for each table, and not on local AWS, where it costs nothing. */
  #noteWholeTables(statement: Sql): void {
    if (this.#options.settings.environment === 'local') return;
    const tables = unfilteredTables(statement.toText(), this.#tables).filter(
      (table) => !this.#noted.has(table),
    );
    for (const table of tables) this.#noted.add(table);
    if (tables.length === 0) return;
    this.say(
      `Note: every folder of ${tables.join(', ')} is read, since no condition names year, month, day or hour; ` +
        'WHERE /* hours */ true with --from 24h reads those of a day.',
    );
  }
}
