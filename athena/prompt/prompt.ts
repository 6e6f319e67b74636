import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { catchStopSignals } from '../../cli/stop-signals.js';
import type { Printing } from '../command/print-result.js';
import type { StatementRunner } from '../command/statement-runner.js';
import { verbatim } from '../sql/sql.js';
import { splitStatements } from '../sql/statements.js';
import { type Catalog, NO_TABLES } from './catalog.js';
import { complete } from './complete.js';
import { type Command, runPromptCommand } from './prompt-command.js';
import type { PromptHistory } from './prompt-history.js';

export interface PromptOptions {
  /** What stands in front of what is typed: the database. */
  readonly name: string;
  readonly runner: StatementRunner;
  readonly printing: Printing;
  readonly catalog: Catalog;
  readonly history: PromptHistory;
  /** Tells an error, so that the prompt goes on. */
  readonly tellFault: (error: unknown) => void;
  /** @default process.stdin */
  readonly input?: Readable;
  /** @default process.stdout */
  readonly output?: Writable;
}

/** Reads statements from a terminal and runs them, until it ends. @returns the exit code */
export async function prompt(options: PromptOptions): Promise<number> {
  const session = new PromptSession(options);
  return session.run();
}

class PromptSession {
  readonly #options: PromptOptions;
  readonly #readline: Interface;
  #printing: Printing;
  /** What was typed of a statement whose semicolon is still to come. */
  #typed = '';
  #running: AbortController | undefined;
  #hasEnded = false;

  constructor(options: PromptOptions) {
    this.#options = options;
    this.#printing = options.printing;
    const { input = process.stdin, output = process.stdout, catalog, history } = options;
    this.#readline = createInterface({
      input,
      output,
      terminal: true,
      history: [...history.entries],
      historySize: history.most,
      completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
        // Without the catalog there are still the words of SQL.
        const tables = catalog.tables().catch(() => NO_TABLES);
        void tables.then((known) => done(null, complete(`${this.#typed}${line}`, known)));
      },
    });
    this.#readline.on('history', (lines: string[]) => history.follow(lines));
    this.#readline.on('SIGINT', () => this.#interrupt());
  }

  async run(): Promise<number> {
    const signals = catchStopSignals();
    signals.stop.addEventListener('abort', () => {
      this.#running?.abort();
      this.#readline.close();
    });
    try {
      this.#options.runner.say(
        'A semicolon ends a statement; \\? lists what else there is, \\q or Ctrl-D ends.',
      );
      this.#ask();
      for await (const line of this.#readline) {
        await this.#take(line);
        if (this.#hasEnded || signals.stop.aborted) break;
        this.#ask();
      }
      return signals.exitCode() ?? 0;
    } finally {
      this.#readline.close();
      signals.release();
    }
  }

  #ask(): void {
    const { name } = this.#options;
    this.#readline.setPrompt(
      this.#typed === '' ? `${name}> ` : `${' '.repeat(Math.max(0, name.length - 1))}-> `,
    );
    this.#readline.prompt();
  }

  /** Ctrl-C: ends the query that runs, or else drops what was typed. */
  #interrupt(): void {
    if (this.#running) {
      this.#running.abort();
      return;
    }
    this.#typed = '';
    // To the end of the line, and away with all of it.
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
    (this.#options.output ?? process.stdout).write('^C\n');
    this.#ask();
  }

  async #take(line: string): Promise<void> {
    const { history } = this.#options;
    if (this.#typed === '' && /^\s*(\\|(exit|quit|help)\s*;?\s*$)/i.test(line)) {
      await this.#attempt(() => this.#command(line.trim()));
      if (!this.#hasEnded) history.add(line.trim());
      return;
    }
    const { complete: statements, rest } = splitStatements(`${this.#typed}${line}\n`);
    this.#typed = rest === '' ? '' : `${rest}\n`;
    for (const statement of statements) {
      history.add(`${statement};`);
      const succeeded = await this.#attempt((stop) =>
        this.#options.runner.run(verbatim(statement), this.#printing, stop),
      );
      if (!succeeded) break;
    }
  }

  async #command(line: string): Promise<void> {
    const { catalog, runner } = this.#options;
    const command: Command = {
      line,
      printing: this.#printing,
      catalog,
      runner,
      stop: this.#running?.signal ?? new AbortController().signal,
    };
    const { printing, end } = await runPromptCommand(command);
    this.#printing = printing;
    this.#hasEnded = end;
  }

  /** Whatever goes wrong is told, and the prompt goes on. */
  async #attempt(run: (stop: AbortSignal) => Promise<void>): Promise<boolean> {
    this.#running = new AbortController();
    try {
      await run(this.#running.signal);
      return true;
    } catch (error) {
      this.#options.tellFault(error);
      return false;
    } finally {
      this.#running = undefined;
    }
  }
}
