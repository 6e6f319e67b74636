import type { Faker } from '@faker-js/faker';
import type { Draw } from './draw.js';
import { type HiveType, isHiveType, type JsonValueOf } from './hive-type.js';

/** One column of a dataset. */
export interface Column {
  /** The Hive type: of the Glue column, of the Parquet column and of the SQL column. */
  readonly type: HiveType;
  /** One sentence for the people who query it; becomes the Glue column's comment. */
  readonly comment: string;
}

export type Columns = Readonly<Record<string, Column>>;

/** The JSON object that a dataset with these columns sends. */
export type Event<C extends Columns> = { readonly [Name in keyof C]: JsonValueOf<C[Name]['type']> };

/** What a generator may draw from: everything that makes an event reproducible. */
export interface GeneratorContext {
  /** A seeded faker: the same seed gives the same events. */
  readonly faker: Faker;
  /** The same for the commonest kinds of values, and much faster. */
  readonly draw: Draw;
  /** The moment that the event is supposed to happen. */
  readonly now: Date;
}

/**
 * What the data is, in one value. The Kinesis stream, the Firehose schema, the Glue table, the fake events and the
 * TypeScript type of an event all follow from it.
 */
export interface Dataset {
  /** Name of the table, and part of the stream's name: lower-case letters, digits and underscores. */
  readonly name: string;
  /** One sentence that says what an event is; becomes the Glue table's comment. */
  readonly comment: string;
  /** The columns in table order. */
  readonly columns: Columns;
  /** The column that identifies an event: two records with the same value are one event sent twice. */
  readonly identity: string;
  /** The column that says when the event happened. */
  readonly time: string;
  /** The column whose value is the Kinesis partition key: events that share it keep their order. */
  readonly partitionKey: string;
  /** Makes one event. */
  generate(context: GeneratorContext): Readonly<Record<string, unknown>>;
}

/** A dataset whose columns are known to the compiler, as `defineDataset` gives it. */
export interface TypedDataset<C extends Columns> extends Dataset {
  readonly columns: C;
  readonly identity: keyof C & string;
  readonly time: keyof C & string;
  readonly partitionKey: keyof C & string;
  generate(context: GeneratorContext): Event<C>;
}

/** The TypeScript type of a dataset's events. */
export type EventOf<D> = D extends TypedDataset<infer C> ? Event<C> : never;

/**
 * Checks a dataset and gives it back with its columns' types kept.
 *
 * @example
 * export const pageViews = defineDataset({
 *   name: 'page_views',
 *   comment: 'One row for each page that a visitor opens.',
 *   columns: {
 *     id: { type: 'string', comment: 'Identity of the view.' },
 *     viewed_at: { type: 'timestamp', comment: 'When the page was opened, UTC.' },
 *   },
 *   identity: 'id',
 *   time: 'viewed_at',
 *   partitionKey: 'id',
 *   generate: ({ draw, now }) => ({ id: draw.uuid(), viewed_at: now.toISOString() }),
 * });
 *
 * @throws InvalidDatasetError where Glue, Firehose or Athena could not use a name or a type.
 */
export function defineDataset<const C extends Columns>(dataset: TypedDataset<C>): TypedDataset<C> {
  const problem = problemOf(dataset);
  if (problem) throw new InvalidDatasetError(dataset.name, problem);
  return dataset;
}

/** A dataset that Glue, Firehose or Athena could not use as it is. */
export class InvalidDatasetError extends Error {
  override readonly name = 'InvalidDatasetError';
  constructor(
    readonly dataset: string,
    readonly problem: string,
  ) {
    super(`Dataset "${dataset}": ${problem}`);
  }
}

/** Names that every part of the path can use unquoted. Glue allows 255 characters, a stream's name 128 in all. */
const NAME = /^[a-z][a-z0-9_]{0,63}$/;
const NAME_RULE = 'a lower-case letter, then up to 63 lower-case letters, digits or underscores';

function problemOf(dataset: Dataset): string | undefined {
  if (!NAME.test(dataset.name)) return `its name must be ${NAME_RULE}`;
  const columns = Object.entries(dataset.columns);
  if (columns.length === 0) return 'it has no columns';
  for (const [name, { type }] of columns) {
    if (!NAME.test(name)) return `column "${name}" must be named by ${NAME_RULE}`;
    if (!isHiveType(type)) return `column "${name}" has type "${type}", which Glue does not know`;
  }
  for (const role of ['identity', 'time', 'partitionKey'] as const) {
    if (!Object.hasOwn(dataset.columns, dataset[role]))
      return `${role} names column "${dataset[role]}", which it does not have`;
  }
  return undefined;
}
