import { describe } from 'vitest';
import { chaos } from './scenarios/chaos.js';
import { failingProbe } from './scenarios/failing-probe.js';
import { lostAnswers } from './scenarios/lost-answers.js';
import { manyLanes } from './scenarios/many-lanes.js';
import { resharding } from './scenarios/resharding.js';
import { rival } from './scenarios/rival.js';
import { stopping } from './scenarios/stopping.js';
import { throttledMinute } from './scenarios/throttled-minute.js';
import { throttledShard } from './scenarios/throttled-shard.js';
import { unrelatedThrottling } from './scenarios/unrelated-throttling.js';

const SEEDS = [11, 12, 13, 14, 15];

describe('faults of records, requests and connections, with a million events', () => {
  chaos({ events: 1_000_000, keys: 10_000, shards: 16, seeds: [11] });
});

describe('faults of records, requests and connections, with many seeds', () => {
  chaos({ events: 40_000, keys: 500, shards: 4, seeds: Array.from({ length: 20 }, (_, seed) => 100 + seed) });
});

describe('a stream that throttles everything for a minute', () => {
  throttledMinute({ shards: 1, seeds: SEEDS });
  throttledMinute({ shards: 16, seeds: [11] });
  throttledMinute({ shards: 1, seeds: SEEDS, roundTrip: 100, way: { pack: 'none' } });
  throttledMinute({ shards: 4, seeds: SEEDS, roundTrip: 100, way: { pack: 2_000 } });
});

describe('a shard that is always throttled', () => {
  throttledShard({ shards: 2, seeds: SEEDS, seconds: 25 });
  throttledShard({ shards: 16, seeds: [11], seconds: 15 });
});

describe('splits and merges', () => {
  resharding({ events: 100_000, seeds: SEEDS });
});

describe('answers that say nothing', () => {
  lostAnswers({ events: 100_000, seeds: SEEDS });
});

describe('a rival that takes half of each shard', () => {
  rival({ shards: 1, seeds: SEEDS, roundTrips: [5, 20, 100], ways: [{}, { pack: 2_000 }, { pack: 'none' }] });
  rival({ shards: 16, seeds: [11], roundTrips: [20, 100], ways: [{}] });
});

describe('a producer that is killed, many times', () => {
  stopping({ kills: Array.from({ length: 15 }, (_, seed) => 100 + seed) });
});

describe('a try after throttling that fails for another reason', () => {
  failingProbe({ seeds: Array.from({ length: 12 }, (_, seed) => 1 + seed) });
});

describe('more lanes than are let go together', () => {
  manyLanes({ seeds: SEEDS });
});

describe('a shard that throttles at any pace', () => {
  unrelatedThrottling({ seeds: SEEDS });
});
