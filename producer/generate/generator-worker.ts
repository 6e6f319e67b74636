import { parentPort, workerData } from 'node:worker_threads';
import { datasets } from '../../datasets/index.js';
import { BlockMaker } from './block-maker.js';
import type { GeneratedBlock, GeneratorTask } from './generator-workers.js';

// A thread that makes blocks: numbers in, blocks out.
const { dataset: name, plan } = workerData as GeneratorTask;
const dataset = datasets.find((each) => each.name === name);
if (!dataset) throw new Error(`There is no dataset "${name}".`);
const maker = new BlockMaker(dataset, plan);
parentPort?.on('message', (number: number) => {
  const block = maker.block(number);
  const { lines, ends, hashes } = block;
  const answer: GeneratedBlock = { number, block };
  parentPort?.postMessage(answer, [lines.buffer, ends.buffer, hashes.buffer] as ArrayBuffer[]);
});
