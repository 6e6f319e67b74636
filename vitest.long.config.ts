import { defineConfig, mergeConfig } from 'vitest/config';
import config from './vitest.config.js';

/** The tests that take minutes: full fault runs, many kills. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [], exclude: [] } },
  defineConfig({
    test: { include: ['__tests__/**/*.long.test.ts'], testTimeout: 600_000, hookTimeout: 120_000 },
  }),
);
