import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'servers/**/*.test.ts', 'process-tree/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    globalSetup: [
      'test/support/compile-cache.ts',
      'test/support/portable-path.ts',
      'test/support/leftovers.ts',
    ],
    pool: 'forks',
    // Files share what a worker has loaded: loading it for each took a fifth of the time. What they change there they put back.
    isolate: false,
    // Most of them wait for processes, so that two cores have room for a third.
    maxWorkers: 3,
  },
});
