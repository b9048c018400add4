import { expect, it } from 'vitest';
import { k6Arguments } from '../../../lib/app/run/k6-arguments.ts';

const INPUT = {
  configPath: '/tmp/empty.json',
  telemetryArgs: ['--out', 'telemetry'],
  summaryPath: null,
  rpsLimit: null,
  bundle: 'dist/steady.js',
};

it('has k6 follow neither its own config, thresholds and redirects, nor keep its samples', () => {
  const line = k6Arguments(INPUT).join(' ');
  expect(line).toMatch(/^run --config \/tmp\/empty\.json .* dist\/steady\.js$/);
  expect(line).toContain('--no-thresholds');
  expect(line).toContain('--max-redirects 0');
  expect(line).toContain('--out telemetry');
  expect(line).toContain('--summary-mode disabled');
  expect(line).not.toContain('--rps');
});

it('limits what a scenario of the user may send, and keeps a summary where it is wanted', () => {
  const line = k6Arguments({ ...INPUT, rpsLimit: 40, summaryPath: '/tmp/summary.json' }).join(' ');
  expect(line).toContain('--rps 40');
  expect(line).toContain('--summary-export /tmp/summary.json');
  expect(line).not.toContain('--summary-mode');
});
