import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // No test leaves anything behind for another: a worker of its own for each file would take most of the time.
    isolate: false,
    pool: 'threads',
    maxWorkers: '100%',
    // Nothing here takes seconds, but a busy machine may.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['test/load-controls.ts'],
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/cli/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          // Only these run the bundle, so that only they wait for it.
          globalSetup: 'test/build-bundle.ts',
          // They mostly wait for processes.
          sequence: { concurrent: true },
          maxConcurrency: 3,
        },
      },
    ],
  },
});
