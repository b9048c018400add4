import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../lib/app/run/progress.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { outcomeCountsOf } from '../../../lib/core/report/outcome-counts.ts';
import type { LiveView } from '../../../lib/core/telemetry/live-view.ts';
import { samplePlan } from '../../core/report/sample-run.ts';

const at = (elapsedMs: number): LiveView => ({
  ...{ elapsedMs, started: elapsedMs / 10, dropped: 3, resent: 0, httpRequests: 0, inFlight: 5 },
  outcomes: { ...outcomeCountsOf({}), created: elapsedMs / 10 },
  sloLatency: EMPTY_HISTOGRAM,
  lastSecond: { started: 100, dropped: 0, resolved: 100, success: 100, p95Ms: 20 },
});

/** What a progress that is shown at these moments writes into a stream. */
function written(isTTY: boolean, moments: readonly number[], colors = false): string {
  let text = '';
  const stream = { isTTY, columns: 120, write: (part: string) => (text += part) };
  const progress = createProgress(samplePlan(), stream as never, colors);
  for (const moment of moments) progress.show(at(moment));
  progress.end();
  return text;
}

describe('without a terminal', () => {
  it('is a plain line every ten seconds, and a last one', () => {
    const lines = written(false, [0, 4000, 9990, 10_000, 15_000, 20_500, 23_000]).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain('sent 100/s');
  });

  it('has a line of a load that is shorter than that', () => {
    expect(written(false, [0, 500, 4000])).toMatch(/^0:04\/0:10 .*sent 100\/s.*\n$/);
  });

  it('says nothing twice, and nothing where no load was seen', () => {
    expect(written(false, [10_000, 10_000]).split('\n')).toHaveLength(2);
    expect(written(false, [0])).toBe('');
    expect(written(false, [])).toBe('');
  });
});

it('draws one line again and again on a terminal', () => {
  expect(written(true, [0, 500, 500, 1000]).split('\r')).toHaveLength(4);
});
