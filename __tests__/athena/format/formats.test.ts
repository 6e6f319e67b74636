import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../../athena/format/format.js';
import { FORMATS, type FormatName } from '../../../athena/format/formats.js';
import type { Cell } from '../../../athena/index.js';
import { collect } from '../collect.js';

type Column = readonly [name: string, type: string];
const PLAIN = { terminal: false, color: false };

describe('a table', () => {
  it('aligns its columns, numbers to the right, and tells NULL from the empty string', async () => {
    const columns = [
      ['name', 'varchar'],
      ['n', 'bigint'],
    ] as const;
    const rows = [
      ['Ada', '5'],
      [null, '1234'],
      ['', null],
    ];
    expect(await format('table', columns, rows)).toBe(
      ` name |    n
------+------
 Ada  |    5
 NULL | 1234
      | NULL
`,
    );
  });

  it('keeps wide characters, marks and pictures in line', async () => {
    const texts = ['日本', 'ｱ', 'é', 'e\u0301', '👩‍👩‍👧', '🇫🇷', '한국어', '❤️'];
    const text = await format(
      'table',
      [
        ['t', 'varchar'],
        ['z', 'varchar'],
      ],
      texts.map((t) => [t, 'z']),
    );
    const lines = text.trimEnd().split('\n');
    // What stands before the bar takes eight columns: as many blanks fewer as the text is wide.
    const widths = [4, 1, 1, 1, 2, 2, 6, 2];
    lines.slice(2).forEach((line, index) => {
      const before = line.slice(1, line.indexOf('|'));
      const blanks = before.length - before.trimEnd().length;
      expect(blanks + (widths[index] ?? 0)).toBe(7);
    });
  });

  it('lets nothing in a value break a line or move the cursor', async () => {
    const text = await format('table', [['t', 'varchar']], [['a\nb\t\u001b[2J\u009b\u202e\r']]);
    expect(text.split('\n')[2]).toBe(' a\\nb\\t\\u001b[2J\\u009b\\u202e\\r');
    const hidden = await format('table', [['t', 'varchar']], [['a\u200b\ufeff\u00ad\u{e0041}b']]);
    expect(hidden.split('\n')[2]).toBe(' a\\u200b\\ufeff\\u00ad\\u{e0041}b');
    const joined = await format('table', [['t', 'varchar']], [['👨‍👩‍👧 می‌خواهم']]);
    expect(joined.split('\n')[2]).toBe(' 👨‍👩‍👧 می‌خواهم');
  });

  it('sizes its columns on the first thousand rows, and cuts nothing off later', async () => {
    const rows = [...Array(1_000).fill(['a']), ['long enough']];
    expect((await format('table', [['t', 'varchar']], rows)).split('\n').at(-2)).toBe(' long enough');
  });

  it('dims NULL where colour is welcome', async () => {
    const text = await format('table', [['t', 'varchar']], [[null]], { terminal: true, color: true });
    expect(text).toContain('\u001b[2mNULL\u001b[22m');
  });
});

describe('a table that is wider than the terminal', () => {
  const columns = [
    ['id', 'integer'],
    ['text', 'varchar'],
  ] as const;
  const rows = [
    ['1', 'long enough'],
    ['22', null],
  ];

  it('has a line for each value, with nothing cut off', async () => {
    expect(await format('table', columns, rows, { ...PLAIN, width: 17 })).toBe(
      await format('vertical', columns, rows),
    );
    expect(await format('vertical', columns, rows)).toBe(
      `-[ row 1 ]------
id   | 1
text | long enough
-[ row 2 ]------
id   | 22
text | NULL
`,
    );
  });

  it('is a table again where it fits to the last column', async () => {
    const text = await format('table', columns, rows, { ...PLAIN, width: 18 });
    expect(text).toContain(' id | text');
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(18);
  });

  it('lets go of its rows when its reader leaves', async () => {
    let isOver = false;
    async function* endless() {
      try {
        while (true) yield ['1', 'x'];
      } finally {
        isOver = true;
      }
    }
    const named = columns.map(([name, type]) => ({ name, type }));
    for await (const _ of FORMATS.table(named, endless(), PLAIN)) break;
    expect(isOver).toBe(true);
  });
});

describe('tab-separated text', () => {
  it('has a line for each row, whatever is in it', async () => {
    const columns = ['a', 'b'].map((name) => [name, 'varchar'] as const);
    expect(
      await format('tsv', columns, [
        ['tab\there', 'two\nlines\r'],
        ['back\\slash', null],
        ['', '\\N'],
      ]),
    ).toBe('a\tb\ntab\\there\ttwo\\nlines\\r\nback\\\\slash\t\\N\n\t\\\\N\n');
  });
});

describe('Markdown', () => {
  it('has numbers to the right, and nothing that Markdown or HTML would take for its own', async () => {
    const columns = [
      ['a|b', 'varchar'],
      ['n', 'bigint'],
    ] as const;
    expect(
      await format('markdown', columns, [
        ['<b>*x*</b> | `y`\n', '1'],
        [null, null],
      ]),
    ).toBe(
      '| a\\|b | n |\n| --- | ---: |\n| \\<b\\>\\*x\\*\\</b\\> \\| \\`y\\`\\\\n | 1 |\n| *NULL* | *NULL* |\n',
    );
  });
});

describe('CSV', () => {
  it('quotes what has to be quoted, and tells NULL from the empty string', async () => {
    const columns = ['a', 'b,c', 'd', 'e'].map((name) => [name, 'varchar'] as const);
    const text = await format('csv', columns, [
      ['plain', 'with "quotes"', 'two\nlines', ''],
      [null, ' ', ',', '\r'],
    ]);
    expect(text).toBe('a,"b,c",d,e\nplain,"with ""quotes""","two\nlines",""\n, ,",","\r"\n');
  });

  it('comes back from a reader of RFC 4180 as it was', async () => {
    const cell = fc.option(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é') }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), async (rows) => {
        const text = await format(
          'csv',
          [
            ['x', 'varchar'],
            ['y', 'varchar'],
          ],
          rows,
        );
        expect(parseCsv(text)).toEqual([['x', 'y'], ...rows]);
      }),
    );
  });

  it('is harmless on a terminal and exact elsewhere', async () => {
    const rows = [['\u001b[2J']];
    expect(await format('csv', [['a', 'varchar']], rows)).toContain('\u001b[2J');
    expect(await format('csv', [['a', 'varchar']], rows, { terminal: true, color: true })).toBe(
      'a\n\\u001b[2J\n',
    );
  });
});

describe('JSON', () => {
  const columns: readonly Column[] = [
    ['big', 'bigint'],
    ['d', 'double'],
    ['dec', 'decimal'],
    ['t', 'varchar'],
    ['ok', 'boolean'],
    ['j', 'json'],
    ['b', 'varbinary'],
  ];
  const rows: Cell[][] = [
    ['9223372036854775807', '1.5', '1.10', '"\n\u009b', 'true', '{"n":12345678901234567890}', '61'],
    [null, 'NaN', null, '', null, 'null', null],
  ];
  const lines = [
    '{"big":9223372036854775807,"d":1.5,"dec":"1.10","t":"\\"\\n\\u009b","ok":true,"j":{"n":12345678901234567890},"b":"61"}',
    '{"big":null,"d":"NaN","dec":null,"t":"","ok":null,"j":null,"b":null}',
  ];

  it('lines have one object each, with every digit kept', async () => {
    expect(await format('jsonl', columns, rows)).toBe(`${lines.join('\n')}\n`);
  });

  it('passes on numbers of JSON as they are, and what is no JSON as text', async () => {
    const cells = ['9007199254740993', '0.12345678901234567891', '1E400', '"1E400"', '{a'];
    expect(
      await format(
        'jsonl',
        [['j', 'json']],
        cells.map((cell) => [cell]),
      ),
    ).toBe('{"j":9007199254740993}\n{"j":0.12345678901234567891}\n{"j":1E400}\n{"j":"1E400"}\n{"j":"{a"}\n');
  });

  it('is one array', async () => {
    expect(await format('json', columns, rows)).toBe(`[\n  ${lines.join(',\n  ')}\n]\n`);
    expect(await format('json', columns, [])).toBe('[]\n');
  });

  it('is what any reader of JSON takes', async () => {
    const row = fc.tuple(
      fc.string(),
      fc.option(fc.string()),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 4 }), async (cells) => {
        const text = await format(
          'json',
          [
            ['a', 'varchar'],
            ['b', 'double'],
            ['c', 'json'],
          ],
          cells,
        );
        expect(JSON.parse(text).map(({ a, c }: { a: unknown; c: unknown }) => [a, c])).toEqual(
          cells.map(([a, , c]) => [a, JSON.parse(c)]),
        );
      }),
    );
  });

  it('refuses two columns of one name', async () => {
    await expect(
      format(
        'jsonl',
        [
          ['a', 'varchar'],
          ['a', 'varchar'],
        ],
        [],
      ),
    ).rejects.toThrow('called "a"');
  });
});

it.each(Object.keys(FORMATS) as FormatName[])(
  '%s gives the first rows before the last have come',
  async (name) => {
    let delivered = 0;
    async function* endless() {
      while (true) {
        delivered++;
        yield ['x'];
      }
    }
    let text = '';
    for await (const piece of FORMATS[name]([{ name: 'a', type: 'varchar' }], endless(), PLAIN)) {
      text += piece;
      if (text.includes('x')) break;
    }
    expect(delivered).toBeLessThanOrEqual(1_000);
  },
);

async function format(
  name: FormatName,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: FormatOptions = PLAIN,
): Promise<string> {
  async function* cells() {
    yield* rows;
  }
  const named = columns.map(([name, type]) => ({ name, type }));
  return (await collect(FORMATS[name](named, cells(), options))).join('');
}

/** A reader of RFC 4180 that tells an empty field from an empty string. */
function parseCsv(text: string): Cell[][] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push(row.splice(0));
  }
  row = [];
  return rows;
}
