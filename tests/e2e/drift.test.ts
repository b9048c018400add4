import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLoad, temporaryFolder } from './support/run-load.ts';

/** Modelled durations are six times as long after half a minute. */
const DRIFT_PERCENT_PER_HOUR = 60_000;

describe('a soak of the embedded order API', () => {
  it('finds that it drifts, and does not call it flat', async () => {
    const deployment = join(await temporaryFolder(), 'drifting.json');
    const options = { 'drift-percent-per-hour': DRIFT_PERCENT_PER_HOUR };
    await writeFile(deployment, JSON.stringify({ description: 'Ever slower', options }));
    const load = '--profile quick --rate 40 --duration 30s --warmup 3s --slo-p95 3000';
    const run = await runLoad(['soak', ...load.split(' '), '--deployment', deployment]);
    expect(run.stdout, run.stderr).toContain('Does it degrade over time?');
    const { answers } = await run.report();
    const p50 = answers.drift?.measures.find(({ name }) => name === 'p50');
    expect(answers.drift?.status, answers.drift?.why).toBe('drifting');
    // In so short a soak, an hour may be too far beyond what was seen for a figure.
    expect(p50?.why).toMatch(/^Drifting(: \+| upwards)/);
    const memory = answers.drift?.measures.find(({ name }) => name === 'environmentMemory');
    expect(memory?.points === 0).toBe(memory?.status === 'absent');
  });
});
