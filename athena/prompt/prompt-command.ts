import { UsageError } from '../../cli/usage-error.js';
import { queryLines } from '../command/list-queries.js';
import { allQueries, namedStatement } from '../command/planned-statements.js';
import type { Printing } from '../command/print-result.js';
import type { StatementRunner } from '../command/statement-runner.js';
import { FORMATS, type FormatName } from '../format/formats.js';
import { visible } from '../format/visible.js';
import type { Catalog, CatalogColumn } from './catalog.js';

/** What the prompt knows besides SQL. */
export const COMMANDS = [
  { name: '\\d', usage: '\\d [table]', description: 'tables, or the columns of one' },
  { name: '\\n', usage: '\\n [name k=v …]', description: 'queries that are kept by name, or runs one' },
  { name: '\\f', usage: '\\f [format]', description: 'how rows are printed' },
  { name: '\\x', usage: '\\x', description: 'a line for each value, or a table again' },
  { name: '\\c', usage: '\\c', description: 'what the queries took together' },
  { name: '\\q', usage: '\\q', description: 'ends; so does Ctrl-D' },
  { name: '\\?', usage: '\\?', description: 'this; Ctrl-C cancels the query that runs' },
] as const;

export interface Command {
  /** What was typed. */
  readonly line: string;
  readonly printing: Printing;
  readonly catalog: Catalog;
  readonly runner: StatementRunner;
  readonly stop: AbortSignal;
}

/** How the prompt goes on. */
export interface Outcome {
  readonly printing: Printing;
  readonly end: boolean;
}

/** Does what a line that is no SQL says. @throws UsageError for a command that there is not */
export async function runPromptCommand(command: Command): Promise<Outcome> {
  const { line, printing, catalog, runner, stop } = command;
  const [name = '', ...words] = line.replace(/;$/, '').trim().split(/\s+/);
  const goOn = { printing, end: false };
  const print = async (lines: Iterable<string>) => {
    await runner.print([...lines].map((each) => `${each}\n`).join(''));
    return goOn;
  };
  switch (name.toLowerCase()) {
    case '\\q':
    case 'exit':
    case 'quit':
      return { printing, end: true };
    case '\\?':
    case 'help':
      return print(COMMANDS.map(({ usage, description }) => `${usage.padEnd(18)}${description}`));
    case '\\x': {
      const format = printing.format === 'vertical' ? 'table' : 'vertical';
      await print([format === 'vertical' ? 'A line for each value.' : 'A table.']);
      return { printing: { ...printing, format }, end: false };
    }
    case '\\f':
      return words.length === 0
        ? print([`${printing.format}; there are ${Object.keys(FORMATS).join(', ')}`])
        : { printing: { ...printing, format: formatNamed(words[0] ?? '') }, end: false };
    case '\\c':
      return print([runner.total]);
    case '\\d':
      return print(words[0] === undefined ? await tableLines(catalog) : await columnLines(catalog, words[0]));
    case '\\n':
      if (words[0] === undefined) return print(queryLines(allQueries()));
      await runner.run(namedStatement(words[0], words.slice(1).map(parameter)), printing, stop);
      return goOn;
    default:
      throw new UsageError(`There is no ${name}: \\? lists what there is.`);
  }
}

function formatNamed(name: string): FormatName {
  const format = (Object.keys(FORMATS) as FormatName[]).find((known) => known === name);
  if (format) return format;
  throw new UsageError(`There is no format "${name}": there are ${Object.keys(FORMATS).join(', ')}.`);
}

function parameter(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  if (at < 1) throw new UsageError(`"${word}" must be a name and a value, such as status=Active.`);
  return [word.slice(0, at), word.slice(at + 1)];
}

async function tableLines(catalog: Catalog): Promise<string[]> {
  const tables = await catalog.tables();
  if (tables.length === 0) return ['There are no tables.'];
  return aligned(tables.map(({ name, comment }) => [name, comment]));
}

async function columnLines(catalog: Catalog, name: string): Promise<string[]> {
  const tables = await catalog.tables();
  const table = tables.find((known) => known.name === name.toLowerCase().replaceAll('"', ''));
  if (!table) throw new UsageError(`There is no table "${name}": \\d lists those there are.`);
  const lines = aligned(
    table.columns.map(({ name: column, type, comment, isPartition }: CatalogColumn) => [
      column,
      type,
      isPartition ? `partition. ${comment}` : comment,
    ]),
  );
  return [visible(table.comment), ...lines].filter((line) => line !== '');
}

/** Cells in columns; the last is as long as it likes. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map(visible));
  const width = (index: number) => Math.max(...shown.map((row) => row[index]?.length ?? 0));
  return shown.map((row) =>
    row
      .map((cell, index) => (index < row.length - 1 ? cell.padEnd(width(index)) : cell))
      .join('  ')
      .trimEnd(),
  );
}
