import { defineConfig } from 'vitest/config';

/** End to end in Chromium; needs the system's browser, so it is not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: [
      'test/support/compile-cache.ts',
      'test/support/portable-path.ts',
      'test/support/leftovers.ts',
    ],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
