import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { renderProgress } from '../../../lib/core/render/progress-line.ts';
import { outcomeCountsOf } from '../../../lib/core/report/outcome-counts.ts';
import type { LiveView } from '../../../lib/core/telemetry/live-view.ts';

const limits = { durationMs: 45_000, maxInFlight: 1750, peakPerSecond: 150 };
const none = outcomeCountsOf({});
const live: LiveView = {
  elapsedMs: 15_400,
  started: 1500,
  outcomes: { ...none, created: 1440, throttled: 12, timeout: 28 },
  dropped: 20,
  resent: 0,
  httpRequests: 0,
  sloLatency: EMPTY_HISTOGRAM,
  lastSecond: { started: 148, dropped: 0, resolved: 146, success: 140, p95Ms: 83.2 },
  inFlight: 1042,
};

describe('renderProgress', () => {
  it('is one line with where the run is and how the target does', () => {
    expect(renderProgress(live, limits, { colors: false, width: 200 })).toBe(
      '0:15/0:45 ███▍        sent 148/s  stored 140/s  success 96%  p95 83.2 ms  throttled 12  dropped 20  in flight 1,042/1,750',
    );
  });

  it('shows counts where an order comes less than once a second', () => {
    const second = { ...live.lastSecond, started: 1, resolved: 1, success: 1 };
    const rare = { ...live, started: 3, outcomes: { ...none, created: 2 }, dropped: 0 };
    const line = renderProgress(
      { ...rare, lastSecond: second },
      { ...limits, peakPerSecond: 0.02 },
      { colors: false, width: 200 },
    );
    expect(line).toContain('sent 3  stored 2  success');
    expect(line).not.toContain('/s');
  });

  it('says what was offered where not all of it was sent', () => {
    const behind = { ...live, lastSecond: { ...live.lastSecond, dropped: 20 } };
    const line = renderProgress(behind, limits, { colors: false, width: 200 });
    expect(line).toContain('offered 168/s  stored 140/s');
    expect(line).not.toContain('sent');
  });

  it.each([10, 40, 80])('keeps within %i columns', (width) => {
    const line = renderProgress(live, limits, { colors: false, width });
    expect(line.length).toBeLessThanOrEqual(width);
  });

  it('keeps what was lost where there is no room for everything', () => {
    const line = renderProgress(live, limits, { colors: false, width: 100 });
    expect(line).toContain('throttled 12  dropped 20');
    expect(line).not.toContain('in flight');
  });

  it('says so before the first order', () => {
    const before: LiveView = {
      ...live,
      ...{ elapsedMs: 0, started: 0, outcomes: none, dropped: 0, inFlight: 5 },
      lastSecond: { started: 0, dropped: 0, resolved: 0, success: 0, p95Ms: null },
    };
    const line = renderProgress(before, limits, { colors: false, width: 100 });
    expect(line).toContain('waiting for the first order');
    expect(line).toContain('in flight 5/1,750');
    expect(line).not.toMatch(/NaN|null/);
  });

  it('colors what was lost', () => {
    expect(renderProgress(live, limits, { colors: true, width: 200 })).toContain(
      '\u001b[33mdropped 20',
    );
  });
});
