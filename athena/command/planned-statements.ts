import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../../cli/usage-error.js';
import { datasets } from '../../datasets/index.js';
import {
  datasetQueries,
  loadNamedQueries,
  type NamedQuery,
  type QueryParameter,
} from '../../queries/index.js';
import { bindQuery, type Hours, type QueryValues } from '../named/bind-query.js';
import { ParameterTextError, parseParameter } from '../named/parameter-text.js';
import { InvalidStatementError } from '../sql/invalid-statement-error.js';
import type { Sql } from '../sql/sql.js';
import { statementsOf } from '../sql/statements.js';
import type { Flags } from './flags.js';

/** Every query that is kept by name: those of queries/, and those that each dataset has. */
export function allQueries(): readonly NamedQuery[] {
  return [...loadNamedQueries(), ...datasets.flatMap(datasetQueries)];
}

/**
 * The statements that the command line asks for; undefined where it asks for none.
 * @throws UsageError where it contradicts itself, or names what there is not.
 */
export async function plannedStatements(
  sql: string | undefined,
  flags: Flags,
): Promise<readonly Sql[] | undefined> {
  const { file, name, param = [] } = flags;
  if ([sql, file, name].filter((given) => given !== undefined).length > 1)
    throw new UsageError('Give one of a statement, --file and --name.');
  if (param.length > 0 && name === undefined)
    throw new UsageError('--param is for a query that --name names.');
  if (sql === undefined && file === undefined && name === undefined) {
    const lonely = LONELY.find((flag) => flags[flag] !== undefined);
    if (lonely === undefined) return undefined;
    throw new UsageError(`${FLAG_NAMES[lonely]} is for statements that are given with it.`);
  }
  const hours = hoursOf(flags);
  if (name !== undefined) return [namedStatement(name, param, hours)];
  const texts = statementsOf(sql ?? (await textOf(file ?? '-')));
  if (texts.length === 0) throw new UsageError('The statement is empty.');
  return texts.map((text) => withHours(text, hours));
}

/** Flags that a prompt makes no use of. */
const LONELY = ['from', 'to', 'late', 'dryRun'] as const;
const FLAG_NAMES = { from: '--from', to: '--to', late: '--late', dryRun: '--dry-run' } as const;

/** A named query with parameters as they are typed. @throws UsageError for what it does not have, or does not take. */
export function namedStatement(
  name: string,
  params: readonly (readonly [string, string])[],
  hours?: Hours,
): Sql {
  const query = allQueries().find((known) => known.name === name);
  if (!query) throw new UsageError(`There is no query "${name}": --list names those there are.`);
  const values: Record<string, QueryValues[string]> = {};
  const now = Date.now();
  for (const [given, text] of params) {
    const parameter = query.parameters.find((known) => known.name === given);
    // What binds it says what there is.
    values[given] = parameter ? typed(parameter, text, now) : text;
  }
  if (hours) values.hours = hours;
  return usable(() => bindQuery(query, values));
}

function typed({ name, type }: QueryParameter, text: string, now: number) {
  try {
    return parseParameter(type, text, now);
  } catch (error) {
    if (!(error instanceof ParameterTextError)) throw error;
    throw new UsageError(`--param ${name}: ${error.message}`);
  }
}

/** A statement of the user's own, in which only the hours can be given. */
export function withHours(text: string, hours?: Hours): Sql {
  const parameters = hours && HOURS.test(text) ? [HOURS_PARAMETER] : [];
  if (hours && parameters.length === 0)
    throw new UsageError('--from and --to need a statement that says WHERE /* hours */ true.');
  return usable(() => bindQuery({ name: 'statement', sql: text, parameters }, hours ? { hours } : {}));
}

const HOURS = /\/\*\s*hours\s*\*\//;
const HOURS_PARAMETER: QueryParameter = { name: 'hours', type: 'hours', description: '' };

function hoursOf({ from, to, late = 0 }: Flags): Hours | undefined {
  if (from === undefined) {
    if (to === undefined && late === 0) return undefined;
    throw new UsageError('--to and --late need a --from, such as 24h.');
  }
  const end = (to ?? Date.now()) + late;
  if (from < end) return { from: new Date(from), to: new Date(end) };
  throw new UsageError('--from must be before --to, which is not included itself.');
}

function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidStatementError) throw new UsageError(error.message);
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  const bytes = file === '-' ? await buffer(process.stdin) : await bytesOf(file);
  try {
    // Leaves out the mark of its encoding that some editors begin a file with.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`--file is "${file}", but must be text in UTF-8.`);
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--file is "${file}", but must be a file that can be read (${code}).`);
  }
}
