import type { QueryExecution, StartQueryExecutionInput } from '@aws-sdk/client-athena';
import { describe, expect, it } from 'vitest';
import {
  AthenaSession,
  type Cell,
  createTableAs,
  insertInto,
  MovementFailedError,
  MovementRefusedError,
  sql,
  unload,
} from '../../../athena/index.js';
import { FakeAthena } from '../fake-athena.js';
import { FakeObjects } from '../fake-objects.js';

const TO = 's3://exports/customers/';
const MANIFEST = 's3://results/manifest.csv';

describe('unloading', () => {
  it('writes the rows of a query, with its values apart, and says what it wrote', async () => {
    const { session, moves, objects } = lake();
    objects.objects.set(MANIFEST, Buffer.from(`${TO}a.parquet\n"${TO}b.parquet"\n`));
    const status = "it's";
    const moved = await unload(session, {
      query: sql`SELECT * FROM customers WHERE status = ${status} -- these`,
      to: TO,
      compression: 'ZSTD',
    });
    expect(moves).toEqual([
      {
        text: `UNLOAD (SELECT * FROM customers WHERE status = ? -- these\n) TO '${TO}' WITH (format = 'PARQUET', compression = 'ZSTD')`,
        parameters: ["'it''s'"],
      },
    ]);
    // Athena counts no rows of it.
    expect(moved).toMatchObject({ rows: undefined, objects: [`${TO}a.parquet`, `${TO}b.parquet`] });
  });

  it.each([
    ['a place that is not empty', { to: 's3://full/place/' }, 'must be empty, and has place/old.parquet'],
    ['a place that is no folder', { to: 's3://exports/customers' }, 'must be a folder'],
    ['no place of S3', { to: '/tmp/x/' }, 'must be a folder'],
    ['two statements', { query: 'SELECT 1; SELECT 2' }, 'one statement'],
    ['no statement', { query: ' -- nothing' }, 'one statement'],
    ['a statement with its semicolon', { query: 'SELECT 1;' }, 'one statement'],
    [
      'partition columns that are not the last',
      { partitionedBy: ['status'] },
      'must end with the partition columns',
    ],
    [
      'nothing but partition columns',
      { partitionedBy: ['uuid', 'status', 'day'] },
      'behind at least one other',
    ],
  ])('refuses %s, and moves nothing', async (_, options, said) => {
    const { session, moves } = lake();
    const query = { query: 'SELECT * FROM customers', to: TO, ...options };
    const error = await unload(session, query).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MovementRefusedError);
    expect(String(error)).toContain(said);
    expect(moves).toEqual([]);
  });

  it('goes to a folder of its own beside the results of the workgroup where nobody says', async () => {
    const { session, moves } = lake();
    const { location } = await unload(session, { query: 'SELECT * FROM customers' });
    expect(location).toMatch(/^s3:\/\/lake\/movements\/unloaded\/[0-9a-f-]{36}\/$/);
    expect(moves[0]?.text).toContain(` TO '${location}' WITH `);
    const chosen = await unload(session, { query: 'SELECT * FROM customers', to: TO });
    expect(chosen.location).toBe(TO);
  });

  it('needs a place where the workgroup has none', async () => {
    const { session, moves } = lake({ enforced: false });
    await expect(unload(session, { query: 'SELECT * FROM customers' })).rejects.toThrow(
      '"to" must say where',
    );
    expect(moves).toEqual([]);
  });

  it('takes a hundred partitions, and refuses one more', async () => {
    const options = { query: 'SELECT * FROM customers', to: TO, partitionedBy: ['day'] };
    const many = lake({ partitions: 101 });
    await expect(unload(many.session, options)).rejects.toThrow('more than the 100 partitions');
    expect(many.moves).toEqual([]);
    const enough = lake({ partitions: 100 });
    await unload(enough.session, options);
    expect(enough.moves[0]?.text).toContain("partitioned_by = ARRAY['day']");
  });

  it('that fails takes away what it wrote, and nothing else, which it tells', async () => {
    const { session, objects } = lake({ state: 'FAILED' });
    const mine = [`${TO}a.parquet`, `${TO}b.parquet`];
    const elsewhere = 's3://exports/other/c.parquet';
    objects.objects.set(MANIFEST, Buffer.from([...mine, elsewhere].join('\n')));
    objects.onList = () => {
      for (const name of [...mine, elsewhere, `${TO}not-mine`]) objects.objects.set(name, Buffer.from('x'));
    };
    const error = await unload(session, { query: 'SELECT * FROM customers', to: TO }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MovementFailedError);
    expect(error).toMatchObject({ removed: mine, left: [`${TO}not-mine`] });
    expect(String(error)).toContain('2 objects that it had written were removed: TABLE_NOT_FOUND');
    expect(objects.removed).toEqual(mine);
  });
});

describe('making a table', () => {
  it('has the files of the query where the workgroup allows a place', async () => {
    const { session, moves } = lake({ enforced: false });
    const made = await createTableAs(session, {
      table: 'by_day',
      query: 'SELECT * FROM customers',
      location: TO,
      partitionedBy: ['day'],
    });
    expect(moves[0]?.text).toBe(
      `CREATE TABLE "by_day" WITH (format = 'PARQUET', external_location = '${TO}', partitioned_by = ARRAY['day']) AS SELECT * FROM (SELECT * FROM customers\n)`,
    );
    expect(made).toMatchObject({ location: TO, rows: 42 });
  });

  it('leaves the place to a workgroup that enforces its own', async () => {
    const { session, moves } = lake();
    const options = { table: ['lake', 'made'], query: 'SELECT * FROM customers' } as const;
    await expect(createTableAs(session, { ...options, location: TO })).rejects.toThrow(
      'enforces its own location',
    );
    const { location } = await createTableAs(session, options);
    expect(moves.map(({ text }) => text)).toEqual([
      `CREATE TABLE "lake"."made" WITH (format = 'PARQUET') AS SELECT * FROM (SELECT * FROM customers\n)`,
    ]);
    expect(location).toBe('s3://results/tables/query-2/');
  });

  it('that is there already is refused before any query is run', async () => {
    const { session, athena, moves } = lake();
    athena.tables.add('lake.made');
    const table = ['lake', 'made'] as const;
    const error = await createTableAs(session, { table, query: 'SELECT * FROM customers' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MovementRefusedError);
    expect(String(error)).toContain('there is a table lake.made already');
    expect(athena.started).toEqual([]);
    await createTableAs(session, { table: 'made', query: 'SELECT * FROM customers' });
    expect(moves).toHaveLength(1);
  });

  it('is begun by who may not look whether it is there', async () => {
    const { session, athena, moves } = lake();
    athena.table = async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    await createTableAs(session, { table: 'made', query: 'SELECT * FROM customers' });
    expect(moves).toHaveLength(1);
  });

  it.each([
    ['a column without a name', [['_col0', 'bigint']], 'has no name'],
    ['a name that has to be quoted', [['my col', 'bigint']], 'lower-case letters'],
    [
      'two columns of one name',
      [
        ['a', 'bigint'],
        ['a', 'bigint'],
      ],
      'two columns are called "a"',
    ],
    ['a type that no table has', [['j', 'json']], 'is of type json'],
    ['times with a zone', [['t', 'timestamp with time zone']], 'is of type timestamp with time zone'],
    ['NULL without a type', [['n', 'unknown']], 'is of type unknown'],
  ] as const)('refuses %s', async (_, columns, said) => {
    const { session, moves } = lake({ columns });
    const error = await createTableAs(session, { table: 'made', query: 'SELECT 1' }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(MovementRefusedError);
    expect(String(error)).toContain(said);
    expect(moves).toEqual([]);
  });

  it.each(['my table', 'Made', '', 'a"b', 'x; DROP TABLE y'])('refuses the name %j', async (table) => {
    const { session, moves } = lake();
    await expect(createTableAs(session, { table, query: 'SELECT 1' })).rejects.toThrow('lower-case letters');
    expect(moves).toEqual([]);
  });
});

describe('inserting', () => {
  it('adds rows whose columns are those of the table', async () => {
    const { session, moves } = lake();
    const { rows } = await insertInto(session, {
      table: 'target',
      query: sql`SELECT * FROM customers WHERE ${true}`,
    });
    expect(moves).toEqual([
      {
        text: 'INSERT INTO "target" SELECT * FROM (SELECT * FROM customers WHERE ?\n)',
        parameters: ['true'],
      },
    ]);
    expect(rows).toBe(42);
  });

  it('refuses columns in another order, which would change places without a word', async () => {
    const { session, moves } = lake({
      targetColumns: [
        ['status', 'varchar'],
        ['uuid', 'varchar'],
        ['day', 'varchar'],
      ],
    });
    await expect(insertInto(session, { table: 'target', query: 'SELECT * FROM customers' })).rejects.toThrow(
      'its query has the columns uuid, status, day, and the table status, uuid, day',
    );
    expect(moves).toEqual([]);
  });
});

type Columns = readonly (readonly [name: string, type: string])[];

interface Lake {
  readonly columns?: Columns;
  readonly targetColumns?: Columns;
  readonly partitions?: number;
  readonly enforced?: boolean;
  /** How a movement ends. */
  readonly state?: 'SUCCEEDED' | 'FAILED';
}

const COLUMNS: Columns = [
  ['uuid', 'varchar'],
  ['status', 'varchar'],
  ['day', 'varchar'],
];

class WatchedObjects extends FakeObjects {
  /** After a place has been looked at. */
  onList = () => {};
  override async list(location: Parameters<FakeObjects['list']>[0]) {
    const found = await super.list(location);
    this.onList();
    this.onList = () => {};
    return found;
  }
}

/** By what a statement begins with. */
const SUBSTATEMENTS: Readonly<Record<string, string>> = {
  UNLOAD: 'UNLOAD',
  CREATE: 'CREATE_TABLE_AS_SELECT',
  INSERT: 'INSERT_INTO',
};

/** An Athena that tells columns, counts partitions, and notes the statements that move. */
function lake({
  columns = COLUMNS,
  targetColumns = columns,
  partitions = 1,
  enforced = true,
  state,
}: Lake = {}) {
  const objects = new WatchedObjects({ 's3://full/place/old.parquet': 'x' });
  const moves: { readonly text: string; readonly parameters: readonly string[] }[] = [];
  const kinds = new Map<
    string,
    { readonly columns: Columns; readonly rows: Cell[][]; readonly moves: string | undefined }
  >();
  class MovingAthena extends FakeAthena {
    override async start(input: StartQueryExecutionInput) {
      const { QueryExecutionId } = await super.start(input);
      const { QueryString: text = '', ExecutionParameters: parameters = [] } = input;
      const isMove = /^(UNLOAD|CREATE|INSERT)/.test(text);
      if (isMove) moves.push({ text, parameters });
      const isCount = text.startsWith('SELECT count');
      kinds.set(QueryExecutionId, {
        columns: isMove
          ? []
          : isCount
            ? [['partitions', 'bigint']]
            : text.includes('"target"')
              ? targetColumns
              : columns,
        rows: isCount ? [[String(partitions)]] : [],
        moves: SUBSTATEMENTS[text.slice(0, 6)],
      });
      return { QueryExecutionId };
    }
    override async execution(input?: { QueryExecutionId?: string | undefined }) {
      const id = input?.QueryExecutionId ?? '';
      const isMove = kinds.get(id)?.moves !== undefined;
      const { QueryExecution } = await super.execution();
      const execution: QueryExecution = {
        ...QueryExecution,
        ...(isMove && {
          SubstatementType: kinds.get(id)?.moves,
          ResultConfiguration: { OutputLocation: `s3://results/tables/${id}` },
          Statistics: { DataManifestLocation: MANIFEST },
          Status: {
            State: state ?? 'SUCCEEDED',
            ...(state === 'FAILED' && { StateChangeReason: 'TABLE_NOT_FOUND: line 1:1: gone' }),
          },
        }),
      };
      return { QueryExecution: execution } as Awaited<ReturnType<FakeAthena['execution']>>;
    }
    override async results(input: { QueryExecutionId?: string | undefined; NextToken?: string | undefined }) {
      const { columns: named = [], rows = [] } = kinds.get(input.QueryExecutionId ?? '') ?? {};
      const header = named.map(([name]) => name);
      return {
        UpdateCount: 42,
        ResultSet: {
          Rows: [header, ...rows].map((cells) => ({
            Data: cells.map((cell) => ({ VarCharValue: cell ?? '' })),
          })),
          ResultSetMetadata: { ColumnInfo: named.map(([Name, Type]) => ({ Name, Type })) },
        },
      };
    }
    override async workGroup() {
      const ResultConfiguration = { OutputLocation: 's3://lake/movements' };
      const Configuration = {
        EnforceWorkGroupConfiguration: enforced,
        ...(enforced && { ResultConfiguration }),
      };
      return { WorkGroup: { Name: 'w', Configuration } };
    }
    readonly tables = new Set<string>();
    override async table(input?: { DatabaseName?: string | undefined; TableName?: string | undefined }) {
      if (!this.tables.has(`${input?.DatabaseName}.${input?.TableName}`)) return super.table();
      return { TableMetadata: { Name: input?.TableName } };
    }
  }
  const athena = new MovingAthena();
  if (!objects.objects.has(MANIFEST)) objects.objects.set(MANIFEST, Buffer.from(''));
  const session = new AthenaSession({
    client: athena,
    objects,
    workgroup: 'w',
    database: 'd',
    wait: async () => {},
  });
  return { session, athena, objects, moves };
}
