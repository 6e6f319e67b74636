import type { Benchmark } from '../benchmark.js';
import { convert, convertMemory } from './convert.js';
import { generate } from './generate.js';
import { listing } from './listing.js';
import { memory } from './memory.js';
import { path } from './path.js';
import { query, queryRows } from './query.js';
import { requests } from './requests.js';
import { scan } from './scan.js';
import { start } from './start.js';
import { write } from './write.js';

/** Every benchmark. A new one is a file beside this and an entry here. */
export const benchmarks: readonly Benchmark[] = [
  start,
  generate,
  write,
  requests,
  convert,
  convertMemory,
  listing,
  path,
  query,
  queryRows,
  scan,
  memory,
];
