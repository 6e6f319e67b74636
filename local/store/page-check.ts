import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/**
 * Checks a file of LMDB's page by page before it is opened: LMDB trusts what it reads through the memory, and a file
 * that was cut off or written over would end the process without a word. It follows every tree from its root, and so
 * takes about 0.1 s for each 100 MB of small records; what large records hold is not read.
 *
 * The layout is that of LMDB's data version 2, in `mdb.c`: MDB_page, MDB_node, MDB_db and MDB_meta.
 * @throws Error that says what is wrong. A file that is empty or not there is not: LMDB makes it.
 */
export function checkPages(path: string): void {
  // What follows reads numbers as nearly all machines write them.
  if (endianness() !== 'LE') return;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size > 0) checkState(descriptor, size);
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes before what a page holds, and where in them is what. */
const HEADER = { bytes: 24, flags: 18, lower: 20, upper: 22, pages: 20 } as const;
/** Flags of pages. */
const PAGE = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const;
/** Bytes before a node's key, and where in them is what. */
const NODE = { bytes: 8, low: 0, high: 2, flags: 4, keySize: 6 } as const;
/** Flags of nodes whose data is elsewhere: on pages of its own, or in a tree of its own. */
const ELSEWHERE = { pages: 0x01, tree: 0x02 } as const;
/** Where in what describes a tree its root is named, at the end. */
const TREE_ROOT = 40;
/** Bytes that a node has in the place of its data where that is elsewhere. */
const REFERENCE_BYTES = { pages: 24, tree: 48 } as const;
/** Where a meta page names what, after its header. */
const META = {
  magic: 0,
  version: 4,
  free: 24,
  main: 72,
  lastPage: 120,
  transaction: 128,
  boot: 136,
} as const;
const META_BYTES = 144;
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
/** In the place of a root: an empty tree. */
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

interface State {
  readonly pageBytes: number;
  readonly lastPage: number;
  readonly transaction: bigint;
  readonly boot: bigint;
  /** Of the free pages, and of everything else. */
  readonly roots: readonly bigint[];
}

/** Checks the state of the database that LMDB is going to take up. */
function checkState(descriptor: number, size: number): void {
  const first = readState(descriptor, 0);
  const { pageBytes } = first;
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0)
    throw new Error(`its pages cannot be of ${pageBytes} bytes`);
  const second = readState(descriptor, pageBytes);
  const newest = second.transaction > first.transaction ? second : first;
  // The last that was flushed to the disk, which is what counts after the machine itself went down.
  const flushed = readState(descriptor, pageBytes / 2, true);
  const isFlushedNext = flushed && flushed.transaction < newest.transaction && newest.boot !== bootId();
  for (const root of (isFlushedNext ? flushed : newest).roots) {
    new Walk(descriptor, size, isFlushedNext ? flushed : newest).check(root);
  }
}

function readState(descriptor: number, offset: number): State;
function readState(descriptor: number, offset: number, isOptional: true): State | undefined;
function readState(descriptor: number, offset: number, isOptional = false): State | undefined {
  const page = Buffer.alloc(HEADER.bytes + META_BYTES);
  const read = readSync(descriptor, page, 0, page.length, offset);
  const meta = page.subarray(HEADER.bytes);
  const isMeta = read === page.length && meta.readUInt32LE(META.magic) === MAGIC;
  // The third lies within the first page, and only its numbers are written.
  if (isOptional && meta.readBigUInt64LE(META.transaction) === 0n) return undefined;
  if (!isMeta && !isOptional) throw new Error('it is no database');
  const version = meta.readUInt32LE(META.version) & 0xffff;
  if (!isOptional && version !== DATA_VERSION)
    throw new Error(`it is in version ${version} of LMDB's format, and only ${DATA_VERSION} is known here`);
  return {
    pageBytes: meta.readUInt32LE(META.free),
    lastPage: Number(meta.readBigUInt64LE(META.lastPage)),
    transaction: meta.readBigUInt64LE(META.transaction),
    boot: meta.readBigInt64LE(META.boot),
    roots: [META.free, META.main].map((tree) => meta.readBigUInt64LE(tree + TREE_ROOT)),
  };
}

/** What LMDB takes to tell whether the machine has been started since: the boot id up to its first hyphen. */
function bootId(): bigint {
  try {
    const [start = ''] = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').split('-');
    return BigInt(`0x${start}`);
  } catch {
    return 0n;
  }
}

/** A way through the pages of a tree. */
class Walk {
  private readonly page: Buffer;
  private seen = 0;

  constructor(
    private readonly descriptor: number,
    private readonly size: number,
    private readonly state: State,
  ) {
    this.page = Buffer.alloc(state.pageBytes);
  }

  check(root: bigint): void {
    const pending = root === NO_PAGE ? [] : [Number(root)];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      this.read(number, this.page.length);
      const flags = this.page.readUInt16LE(HEADER.flags);
      if (++this.seen > this.state.lastPage) throw new Error('its pages lead in a circle');
      if (flags & PAGE.branch) this.nodes(number, (at) => pending.push(this.child(at)));
      else if (flags & PAGE.leaf) this.leaf(number, pending);
      else throw damaged(number);
    }
  }

  /** Reads the beginning of a page and checks that it is that page. */
  private read(number: number, bytes: number): void {
    const { pageBytes, lastPage } = this.state;
    if (number < 2 || number > lastPage) throw new Error(`it names a page ${number} that it cannot have`);
    const offset = number * pageBytes;
    if (offset + pageBytes > this.size) throw this.tooShort();
    readSync(this.descriptor, this.page, 0, bytes, offset);
    if (this.page.readBigUInt64LE(0) !== BigInt(number)) throw damaged(number);
  }

  /** Calls back with where each node of the page begins. */
  private nodes(number: number, visit: (at: number) => void): void {
    const { page } = this;
    const lower = page.readUInt16LE(HEADER.lower);
    const upper = page.readUInt16LE(HEADER.upper);
    if (lower > upper || upper > page.length - HEADER.bytes) throw damaged(number);
    for (let pointer = HEADER.bytes; pointer < HEADER.bytes + lower; pointer += 2) {
      const at = page.readUInt16LE(pointer) + HEADER.bytes;
      if (at < HEADER.bytes + upper || at + NODE.bytes > page.length) throw damaged(number);
      if (at + NODE.bytes + page.readUInt16LE(at + NODE.keySize) > page.length) throw damaged(number);
      visit(at);
    }
  }

  private child(at: number): number {
    const { page } = this;
    return page.readUInt32LE(at + NODE.low) + page.readUInt16LE(at + NODE.flags) * 2 ** 32;
  }

  /** Checks the nodes of a leaf, and what they say lies elsewhere. */
  private leaf(number: number, pending: number[]): void {
    const large: number[] = [];
    this.nodes(number, (at) => {
      const { page } = this;
      const flags = page.readUInt16LE(at + NODE.flags);
      const data = at + NODE.bytes + page.readUInt16LE(at + NODE.keySize);
      const isLarge = (flags & ELSEWHERE.pages) !== 0;
      const bytes = isLarge ? REFERENCE_BYTES.pages : page.readUInt32LE(at + NODE.low);
      if (data + bytes > page.length) throw damaged(number);
      if (isLarge) large.push(Number(page.readBigUInt64LE(data)));
      if ((flags & ELSEWHERE.tree) === 0) return;
      if (bytes < REFERENCE_BYTES.tree) throw damaged(number);
      const root = page.readBigUInt64LE(data + TREE_ROOT);
      if (root !== NO_PAGE) pending.push(Number(root));
    });
    for (const overflow of large) {
      this.read(overflow, HEADER.bytes);
      if ((this.page.readUInt16LE(HEADER.flags) & PAGE.overflow) === 0) throw damaged(overflow);
      const end = overflow + this.page.readUInt32LE(HEADER.pages);
      if (end - 1 > this.state.lastPage) throw damaged(overflow);
      if (end * this.state.pageBytes > this.size) throw this.tooShort();
    }
  }

  private tooShort(): Error {
    const { lastPage, pageBytes } = this.state;
    return new Error(`it has ${this.size} bytes of ${(lastPage + 1) * pageBytes}: its end is missing`);
  }
}

const damaged = (page: number) => new Error(`its page ${page} is damaged`);
