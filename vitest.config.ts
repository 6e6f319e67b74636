import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // They take minutes: npm run test:long.
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    // A local AWS with its engine process is started by many files: give slow two-core machines room.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CHECKPOINT_DISABLE: '1' },
  },
});
