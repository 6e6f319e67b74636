import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  BatchGetPartitionCommand,
  BatchUpdatePartitionCommand,
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeletePartitionCommand,
  DeleteTableCommand,
  GetPartitionCommand,
  GetPartitionsCommand,
  type GetPartitionsCommandInput,
  UpdatePartitionCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const DatabaseName = 'd';
const TableName = 't';
const table = { DatabaseName, TableName };
let running: RunningLocalAws;
beforeAll(async () => {
  running = await runLocalAws();
});
afterAll(() => running.end());
const { send } = { send: (command: never) => running.clients.glue.send(command) } as {
  send: RunningLocalAws['clients']['glue']['send'];
};

const createTable = () =>
  send(
    new CreateTableCommand({
      DatabaseName,
      TableInput: {
        Name: TableName,
        PartitionKeys: ['year', 'month'].map((Name) => ({ Name, Type: 'string' })),
        StorageDescriptor: { Columns: [{ Name: 'a', Type: 'string' }], Location: 's3://bucket/t/' },
      },
    }),
  );
beforeEach(async () => {
  await send(new DeleteDatabaseCommand({ Name: DatabaseName })).catch(() => {});
  await send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
  await createTable();
});

const storage = (Location: string) => ({ Columns: [{ Name: 'a', Type: 'string' }], Location });
const create = (Values: string[], rest = {}) =>
  send(new CreatePartitionCommand({ ...table, PartitionInput: { Values, ...rest } }));
const get = async (PartitionValues: string[]) =>
  (await send(new GetPartitionCommand({ ...table, PartitionValues }))).Partition;
const list = async (input: Partial<GetPartitionsCommandInput> = {}) => {
  const { Partitions = [], NextToken } = await send(new GetPartitionsCommand({ ...table, ...input }));
  return { values: Partitions.map(({ Values }) => Values?.join('-')), NextToken };
};

describe('a partition', () => {
  it('is given back as it was described', async () => {
    const described = {
      StorageDescriptor: storage('s3://bucket/t/year=2026/month=02/'),
      Parameters: { a: 'b' },
      LastAccessTime: new Date(Date.UTC(2026, 1, 3)),
    };
    await create(['2026', '02'], described);
    expect(await get(['2026', '02'])).toEqual({
      ...described,
      Values: ['2026', '02'],
      DatabaseName,
      TableName,
      CatalogId: '000000000000',
      CreationTime: expect.any(Date),
    });
  });

  it('is one of its values', async () => {
    await create(['2026', '02']);
    await expect(create(['2026', '02'])).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Partition already exists.',
    });
    // Together they would be the same text.
    const odd = [
      ['a', 'b-c'],
      ['a-b', 'c'],
      ['a,b', ''],
      ['"a","b', ''],
      ['', ''],
    ];
    for (const values of odd) await create(values);
    for (const values of odd) expect((await get(values))?.Values).toEqual(values);
  });

  it.each([[[]], [['2026']], [['2026', '02', '03']]])('has a value for each key: not %j', async (values) => {
    const mismatch = {
      name: 'InvalidInputException',
      message: 'The number of partition keys do not match the number of partition values',
    };
    await expect(create(values)).rejects.toMatchObject(mismatch);
    await expect(get(values)).rejects.toMatchObject(mismatch);
  });

  it('may have values of any length', async () => {
    const long = 'v'.repeat(1024);
    await create([long, 'a']);
    await create([long, 'b']);
    await create(['\u{1f600}'.repeat(500), 'b']);
    expect((await get([long, 'b']))?.Values).toEqual([long, 'b']);
    const pages: (string | undefined)[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await list({ MaxResults: 1, NextToken });
      pages.push(...page.values);
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    expect(new Set(pages).size).toBe(3);
  });

  it.each(['xx', '!!!!'])('is not listed from a token that no list gave (%j)', async (NextToken) => {
    await create(['2026', '01']);
    expect((await list({ NextToken: '' })).values).toEqual(['2026-01']);
    await expect(list({ NextToken })).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('that is not there is missed, and so is its table', async () => {
    const missing = { name: 'EntityNotFoundException', message: 'Cannot find partition.' };
    await expect(get(['2026', '02'])).rejects.toMatchObject(missing);
    const removed = send(new DeletePartitionCommand({ ...table, PartitionValues: ['2026', '02'] }));
    await expect(removed).rejects.toMatchObject(missing);
    const other = { ...table, TableName: 'none', PartitionInput: { Values: ['a', 'b'] } };
    await expect(send(new CreatePartitionCommand(other))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
      message: 'Table none not found.',
    });
  });

  it('becomes what it is updated to, under other values too', async () => {
    await create(['2026', '02']);
    await create(['2026', '03']);
    const before = await get(['2026', '02']);
    const update = (PartitionValueList: string[], PartitionInput: object) =>
      send(new UpdatePartitionCommand({ ...table, PartitionValueList, PartitionInput }));
    await update(['2026', '02'], { StorageDescriptor: storage('s3://other/') });
    expect(await get(['2026', '02'])).toEqual({ ...before, StorageDescriptor: storage('s3://other/') });
    await update(['2026', '02'], { Values: ['2027', '01'], Parameters: { moved: 'yes' } });
    expect(await get(['2027', '01'])).toMatchObject({
      Parameters: { moved: 'yes' },
      CreationTime: before?.CreationTime,
    });
    await expect(get(['2026', '02'])).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    const taken = update(['2027', '01'], { Values: ['2026', '03'] });
    await expect(taken).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(update(['none', ''], {})).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    expect((await list()).values).toEqual(['2026-03', '2027-01']);
  });

  it.each([
    ['table', () => send(new DeleteTableCommand({ DatabaseName, Name: TableName }))],
    [
      'database',
      async () => {
        await send(new DeleteDatabaseCommand({ Name: DatabaseName }));
        await send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
      },
    ],
  ])('goes with its %s', async (_what, remove) => {
    await create(['2026', '02']);
    await remove();
    await createTable();
    expect((await list()).values).toEqual([]);
  });
});

describe('batches of partitions', () => {
  const inputs = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Values: ['2026', `${index}`] }));

  it('are updated where they can be, and of each other it is said why not', async () => {
    for (const value of ['1', '2']) await create(['2026', value]);
    const update = (values: string[], PartitionInput: object) => ({
      PartitionValueList: values,
      PartitionInput,
    });
    const { Errors } = await send(
      new BatchUpdatePartitionCommand({
        ...table,
        Entries: [
          update(['2026', '1'], { Parameters: { a: 'b' } }),
          update(['2026', '2'], { Values: ['2027', '2'] }),
          update(['2026', '3'], {}),
          update(['2026', '1'], { Values: ['2027', '2'] }),
        ],
      }),
    );
    expect(Errors).toEqual([
      {
        PartitionValueList: ['2026', '3'],
        ErrorDetail: { ErrorCode: 'EntityNotFoundException', ErrorMessage: 'Cannot find partition.' },
      },
      {
        PartitionValueList: ['2026', '1'],
        ErrorDetail: { ErrorCode: 'AlreadyExistsException', ErrorMessage: 'Partition already exists.' },
      },
    ]);
    expect((await list()).values).toEqual(['2026-1', '2027-2']);
    expect(await get(['2026', '1'])).toMatchObject({ Parameters: { a: 'b' } });
  });

  it('are made where they can be, and of each other it is said why not', async () => {
    await create(['2026', '1']);
    const PartitionInputList = [...inputs(3), { Values: ['2026'] }, { Values: ['2026', '0'] }];
    const { Errors } = await send(new BatchCreatePartitionCommand({ ...table, PartitionInputList }));
    const exists = { ErrorCode: 'AlreadyExistsException', ErrorMessage: 'Partition already exists.' };
    expect(Errors).toEqual([
      { PartitionValues: ['2026', '1'], ErrorDetail: exists },
      {
        PartitionValues: ['2026'],
        ErrorDetail: expect.objectContaining({ ErrorCode: 'InvalidInputException' }),
      },
      { PartitionValues: ['2026', '0'], ErrorDetail: exists },
    ]);
    expect((await list()).values).toEqual(['2026-0', '2026-1', '2026-2']);
  });

  it('are given and deleted, those that are there', async () => {
    await send(new BatchCreatePartitionCommand({ ...table, PartitionInputList: inputs(3) }));
    const some = [{ Values: ['2026', '2'] }, { Values: ['none', ''] }, { Values: ['2026', '0'] }];
    const got = await send(new BatchGetPartitionCommand({ ...table, PartitionsToGet: some }));
    expect(got.Partitions?.map(({ Values }) => Values)).toEqual([
      ['2026', '2'],
      ['2026', '0'],
    ]);
    expect(got.UnprocessedKeys).toEqual([]);
    const { Errors } = await send(new BatchDeletePartitionCommand({ ...table, PartitionsToDelete: some }));
    expect(Errors).toMatchObject([
      { PartitionValues: ['none', ''], ErrorDetail: { ErrorCode: 'EntityNotFoundException' } },
    ]);
    expect((await list()).values).toEqual(['2026-1']);
  });

  it('are of a limited size', async () => {
    const tooLong = {
      name: 'ValidationException',
      message: expect.stringContaining('less than or equal to'),
    };
    const created = new BatchCreatePartitionCommand({ ...table, PartitionInputList: inputs(101) });
    await expect(send(created)).rejects.toMatchObject(tooLong);
    const deleted = new BatchDeletePartitionCommand({ ...table, PartitionsToDelete: inputs(26) });
    await expect(send(deleted)).rejects.toMatchObject(tooLong);
    const got = new BatchGetPartitionCommand({ ...table, PartitionsToGet: inputs(1001) });
    await expect(send(got)).rejects.toMatchObject(tooLong);
  });
});

describe('GetPartitions', () => {
  beforeEach(async () => {
    const PartitionInputList = ['2025', '2026'].flatMap((year) =>
      ['01', '02', '03'].map((month) => ({ Values: [year, month], StorageDescriptor: storage('s3://b/') })),
    );
    await send(new BatchCreatePartitionCommand({ ...table, PartitionInputList }));
  });
  const all = ['2025-01', '2025-02', '2025-03', '2026-01', '2026-02', '2026-03'];

  it('gives all of them in pages, by value, and with an expression those that match', async () => {
    const paged = async (input: Partial<GetPartitionsCommandInput>) => {
      const found: (string | undefined)[] = [];
      for (let NextToken: string | undefined; ; ) {
        const page = await list({ ...input, NextToken });
        found.push(...page.values);
        NextToken = page.NextToken;
        if (NextToken === undefined) return found;
      }
    };
    for (const MaxResults of [1, 2, 4, 1000]) {
      expect(await paged({ MaxResults })).toEqual(all);
      expect(await paged({ MaxResults, Expression: "month >= '02'" })).toEqual(
        all.filter((value) => !value.endsWith('01')),
      );
    }
  });

  it('gives each of them in one segment', async () => {
    const segments = await Promise.all(
      [0, 1, 2].map((SegmentNumber) => list({ Segment: { SegmentNumber, TotalSegments: 3 } })),
    );
    expect(segments.flatMap(({ values }) => values).sort()).toEqual(all);
    const none = list({ Segment: { SegmentNumber: 3, TotalSegments: 3 } });
    await expect(none).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('leaves the columns out where it is asked to', async () => {
    const command = new GetPartitionsCommand({ ...table, ExcludeColumnSchema: true, MaxResults: 1 });
    const { Partitions } = await send(command);
    expect(Partitions?.[0]?.StorageDescriptor).toEqual({ Location: 's3://b/' });
  });

  it('is over the partitions of one table', async () => {
    await send(
      new CreateTableCommand({
        DatabaseName,
        TableInput: { Name: 't2', PartitionKeys: [{ Name: 'k', Type: 'int' }] },
      }),
    );
    await send(
      new CreatePartitionCommand({ DatabaseName, TableName: 't2', PartitionInput: { Values: ['7'] } }),
    );
    expect((await list()).values).toEqual(all);
    expect((await list({ TableName: 't2' })).values).toEqual(['7']);
    expect((await list({ TableName: 'T2', DatabaseName: 'D', Expression: 'k < 10' })).values).toEqual(['7']);
  });

  it('says what is wrong with an expression', async () => {
    await expect(list({ Expression: 'nonsense' })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: "Unsupported expression 'nonsense'",
    });
  });
});
