import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/e2e/longest-first.ts';

const WRITTEN_RESULTS: ['json', { outputFile: string }] = [
  'json',
  { outputFile: 'node_modules/.cache/test-results.json' },
];

const INTEGRATION = 'tests/**/*.integration.test.ts';

const E2E = {
  setupFiles: ['tests/plain-env.ts'],
  globalSetup: ['tests/e2e/global-setup.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: {
    reporters: [
      'default',
      // `.ci/run` takes its closing line from this file.
      ...(process.env['CI'] ? [WRITTEN_RESULTS] : []),
      './tests/reporters/skipped-tests-reporter.ts',
    ],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['tests/plain-env.ts'],
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', INTEGRATION],
          testTimeout: 15_000,
          // A process for each file would cost more than most of the files.
          isolate: false,
          // One of them waits while two work.
          maxWorkers: 3,
        },
      },
      {
        test: {
          // They start processes or a browser.
          name: 'integration',
          setupFiles: ['tests/plain-env.ts'],
          include: [INTEGRATION],
          testTimeout: 15_000,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...E2E,
          name: 'e2e',
          include: ['tests/e2e/*.test.ts'],
          // Most of them wait for a load of a few orders a second.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...E2E,
          // What is checked against a known truth of time needs the machine for itself.
          name: 'e2e-alone',
          include: ['tests/e2e/alone/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
