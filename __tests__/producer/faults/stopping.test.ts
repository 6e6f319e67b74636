import { describe } from 'vitest';
import { stopping } from './scenarios/stopping.js';

describe.concurrent('a producer that is stopped', () => {
  stopping({ kills: [1, 2] });
});
