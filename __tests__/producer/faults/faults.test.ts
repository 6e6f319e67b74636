import { describe } from 'vitest';
import { chaos } from './scenarios/chaos.js';
import { failingProbe } from './scenarios/failing-probe.js';
import { lostAnswers } from './scenarios/lost-answers.js';
import { manyLanes } from './scenarios/many-lanes.js';
import { resharding } from './scenarios/resharding.js';
import { rival } from './scenarios/rival.js';
import { throttledMinute } from './scenarios/throttled-minute.js';
import { throttledShard } from './scenarios/throttled-shard.js';
import { unrelatedThrottling } from './scenarios/unrelated-throttling.js';

describe('faults of records, requests and connections', () => {
  chaos({ events: 20_000, keys: 1_000, shards: 4, seeds: [1, 2] });
});

describe('a stream that throttles everything for a minute', () => {
  throttledMinute({ shards: 2, seeds: [1] });
  throttledMinute({ shards: 1, seeds: [1], roundTrip: 100, way: { pack: 'none' } });
});

describe('a shard that is always throttled', () => {
  throttledShard({ shards: 2, seeds: [13], seconds: 25 });
});

describe('splits and merges', () => {
  resharding({ events: 20_000, seeds: [1] });
  // Where a shard was throttled just before it was split.
  resharding({ events: 100_000, seeds: [14], ways: [{}] });
});

describe('answers that say nothing', () => {
  lostAnswers({ events: 10_000, seeds: [1] });
});

describe('a rival that takes half of each shard', () => {
  rival({ shards: 2, seeds: [1], roundTrips: [20], ways: [{}] });
});

describe('a try after throttling that fails for another reason', () => {
  failingProbe({ seeds: [1, 9] });
});

describe('more lanes than are let go together', () => {
  manyLanes({ seeds: [1] });
});

describe('a shard that throttles at any pace', () => {
  unrelatedThrottling({ seeds: [1, 2] });
});
