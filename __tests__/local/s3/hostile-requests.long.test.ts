import { it } from 'vitest';
import { askHostile } from './hostile-requests.js';

it('whatever is asked of S3, 50,000 times, it answers, as of the caller, and leaves its folder at no time', () =>
  askHostile(50_000));
