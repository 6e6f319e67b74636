import { customers } from './customers.js';
import type { Dataset } from './dataset.js';

/** Every dataset of the lakehouse. A new one is a file beside this and an entry here. */
export const datasets: readonly Dataset[] = [customers];

export { type CustomerEvent, customers } from './customers.js';
export {
  type Column,
  type Columns,
  type Dataset,
  defineDataset,
  type Event,
  type EventOf,
  type GeneratorContext,
  InvalidDatasetError,
  type TypedDataset,
} from './dataset.js';
export type { Draw } from './draw.js';
export type { HiveType } from './hive-type.js';
export { type Pool, pool } from './pool.js';
