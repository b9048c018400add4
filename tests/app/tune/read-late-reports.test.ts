import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLateReports } from '../../../lib/app/tune/read-late-reports.ts';
import type { PlatformControl } from '../../../lib/core/lambda/platform-control.ts';
import { reportAt } from '../../core/tune/power/report-at.ts';
import { stopWhen } from './stop-after.ts';

const SAMPLE = join(import.meta.dirname, '../../../docs/samples/pass.json');
/** Orders that the run of the sample stored. */
const STORED = 1755;

/** A log that gets all of its reports at the given reading. */
async function read(completeAt: number, isStopped = false) {
  let readings = 0;
  const said: string[] = [];
  const control = {
    readReports: async () => {
      readings += 1;
      const count = readings < completeAt ? 1 : STORED;
      return [
        reportAt(1, { memorySizeMb: 128 }),
        ...Array.from({ length: count }, (_, index) => reportAt(index)),
      ];
    },
  } as Partial<PlatformControl> as PlatformControl;
  const load = {
    report: 'pass.json',
    verdict: 'pass',
    reason: null,
    offered: STORED,
    successRatio: 1,
    p95Ms: 1,
    p99Ms: 1,
    peakConcurrency: null,
  } as const;
  const measurement = { reports: [], failedCalls: 0, failure: null, load, problem: 'no log yet' };
  const cell = { memoryMb: 512, architecture: 'x86' } as const;
  const round = { cell, round: 1, startedAtMs: 0, endedAtMs: Date.now(), measurement };
  const rounds = await readLateReports({
    rounds: [round],
    control,
    functionName: 'f',
    dir: dirname(SAMPLE),
    stop: stopWhen(() => isStopped),
    say: (line) => void said.push(line),
  });
  return { measurement: rounds[0]?.measurement, readings, said };
}

describe('readLateReports', () => {
  it('is done at once if the log is complete, and keeps the reports of the size alone', async () => {
    const { measurement, readings, said } = await read(1);
    expect(measurement?.reports).toHaveLength(STORED);
    expect(measurement?.problem).toBeNull();
    expect({ readings, said }).toEqual({ readings: 1, said: [] });
  });

  it('waits for the rest of the log, but not after a signal', async () => {
    const { measurement, readings, said } = await read(2, true);
    expect(said).toEqual([expect.stringContaining("waiting for Lambda's log")]);
    expect(readings).toBe(1);
    expect(measurement?.problem).toMatch(/Lambda's log has 1 report/);
  });
});
