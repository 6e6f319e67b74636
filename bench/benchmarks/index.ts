import type { Benchmark } from '../benchmark.js';
import { generate } from './generate.js';
import { memory } from './memory.js';
import { path } from './path.js';
import { write } from './write.js';

/** Every benchmark. A new one is a file beside this and an entry here. */
export const benchmarks: readonly Benchmark[] = [generate, write, path, memory];
