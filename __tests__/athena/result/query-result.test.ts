import { describe, expect, it } from 'vitest';
import {
  AthenaSession,
  ColumnTypeError,
  type ColumnTypes,
  DuplicateColumnError,
} from '../../../athena/index.js';
import { collect } from '../collect.js';
import { FakeAthena, type FakeQuery } from '../fake-athena.js';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => [String(index)]);

describe('a result', () => {
  it('has typed rows by the names of their columns, NULL apart from the empty string', async () => {
    const { result } = await run({
      columns: [
        ['n', 'bigint'],
        ['text', 'varchar'],
        ['ok', 'boolean'],
      ],
      rows: [
        ['9007199254740993', '', 'true'],
        [null, null, 'false'],
      ],
    });
    expect(result.columns[1]).toEqual({ name: 'text', type: 'varchar' });
    expect(await collect(result)).toEqual([
      { n: 9_007_199_254_740_993n, text: '', ok: true },
      { n: null, text: null, ok: false },
    ]);
  });

  it('reads arrays and JSON by the types that are told of columns, in any case', async () => {
    const columns = [
      ['list', 'array'],
      ['rows', 'varchar'],
    ] as const;
    const rows = [['[1, 2]', '[{"id":9007199254740993},{"id":1}]']];
    const { result } = await run({ columns, rows }, undefined, { LIST: 'array(bigint)', Rows: 'json' });
    expect(await collect(result)).toEqual([
      { list: [1n, 2n], rows: [{ id: 9_007_199_254_740_993n }, { id: 1 }] },
    ]);
  });

  it('refuses a type that is none, before anything is sent, and one of no column', async () => {
    const athena = new FakeAthena({ columns: [['list', 'array']], rows: [['[1]']] });
    const session = new AthenaSession({
      client: athena,
      workgroup: 'w',
      database: 'd',
      wait: async () => {},
    });
    const nonsense = session.query('SELECT', { types: { list: 'arry(int)' } });
    await expect(nonsense).rejects.toThrow('column "list" cannot be read: "arry(int)"');
    expect(athena.started).toEqual([]);
    const missing = session.query('SELECT', { types: { lists: 'array(int)' } });
    await expect(missing).rejects.toBeInstanceOf(ColumnTypeError);
    await expect(missing).rejects.toThrow('"lists" is of none in the result, which has list');
  });

  it('leaves the header out of a SELECT, and out of nothing else', async () => {
    const query = { columns: [['a', 'string']], rows: [['a'], ['b']] } as const;
    for (const statementType of ['DML', 'DDL', 'UTILITY'] as const) {
      const { result } = await run({ ...query, statementType });
      expect(await collect(result)).toEqual([{ a: 'a' }, { a: 'b' }]);
    }
  });

  it('puts what DESCRIBE gives as one text with tabs into its columns, and leaves other texts with tabs alone', async () => {
    const columns = [
      ['col_name', 'string'],
      ['data_type', 'string'],
      ['comment', 'string'],
    ] as const;
    const rows = [
      ['uuid                \tstring              \tIdentity.\tOf it.   '],
      ['\t \t '],
      ['# Partitions'],
    ];
    const { result } = await run({ columns, rows, statementType: 'DDL' });
    expect(await collect(result.cells())).toEqual([
      ['uuid', 'string', 'Identity.\tOf it.'],
      ['', '', ''],
      ['# Partitions', null, null],
    ]);
    const selected = await run({ columns, rows: [['a\tb', null, null]] });
    expect(await collect(selected.result.cells())).toEqual([['a\tb', null, null]]);
    const one = await run({ columns: [['plan', 'string']], rows: [['\t- Scan ']], statementType: 'UTILITY' });
    expect(await collect(one.result.cells())).toEqual([['\t- Scan ']]);
  });

  it.each([0, 1, 998, 999, 1_000, 2_999, 3_500])(
    'goes through pages to the end of %i rows',
    async (count) => {
      const { result } = await run({ columns: [['n', 'integer']], rows: numbered(count) });
      const rows = await collect(result);
      expect(rows).toEqual(numbered(count).map(([n]) => ({ n: Number(n) })));
      expect(result.rowsRead).toBe(count);
    },
  );

  it('gives the same rows again when it is gone through again', async () => {
    const { result } = await run({ columns: [['n', 'integer']], rows: numbered(2_500) });
    const first = await collect(result.cells());
    expect(await collect(result.cells())).toEqual(first);
    expect(result.rowsRead).toBe(2_500);
  });

  it('asks for no more than the page after the one that is read', async () => {
    const { result, athena } = await run({ columns: [['n', 'integer']], rows: numbered(9), pageSize: 2 });
    for await (const row of result) if (row.n === 2) break;
    expect(athena.pages).toEqual([undefined, '2', '4']);
  });

  it('refuses objects of two columns with one name, and still gives their values', async () => {
    const columns = [
      ['a', 'integer'],
      ['a', 'integer'],
    ] as const;
    const { result } = await run({ columns, rows: [['1', '2']] });
    await expect(collect(result)).rejects.toBeInstanceOf(DuplicateColumnError);
    expect(await collect(result.values())).toEqual([[1, 2]]);
  });

  it('keeps a column of any name apart from what objects have of themselves', async () => {
    const { result } = await run({ columns: [['__proto__', 'varchar']], rows: [['x']] });
    const [row] = await collect(result);
    expect(Object.entries(row ?? {})).toEqual([['__proto__', 'x']]);
  });

  it('ends when the signal aborts', async () => {
    const abort = new AbortController();
    const { result } = await run(
      { columns: [['n', 'integer']], rows: numbered(10), pageSize: 3 },
      abort.signal,
    );
    const read: unknown[] = [];
    const reading = async () => {
      for await (const row of result) if (read.push(row) === 2) abort.abort();
    };
    await expect(reading()).rejects.toMatchObject({ name: 'QueryCancelledError', executionId: 'query-1' });
    expect(read).toHaveLength(2);
  });
});

async function run(query: FakeQuery, signal?: AbortSignal, types: ColumnTypes = {}) {
  const athena = new FakeAthena(query);
  const session = new AthenaSession({ client: athena, workgroup: 'w', database: 'd', wait: async () => {} });
  return { athena, result: await session.query('SELECT', { signal, types }) };
}
