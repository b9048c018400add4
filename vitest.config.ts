import { defineConfig } from 'vitest/config';

const WRITTEN_RESULTS: ['json', { outputFile: string }] = [
  'json',
  { outputFile: 'node_modules/.cache/test-results.json' },
];

export default defineConfig({
  test: {
    reporters: [
      'default',
      // `.ci/run` takes its closing line from this file.
      ...(process.env['CI'] ? [WRITTEN_RESULTS] : []),
      './tests/reporters/skipped-tests-reporter.ts',
    ],
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['tests/plain-env.ts'],
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'e2e',
          setupFiles: ['tests/plain-env.ts'],
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
