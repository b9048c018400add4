import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { SimulatedTarget } from '../../../studies/compare/simulated-runs.ts';
import { fromValues } from '../histogram/from-values.ts';
import { START_MS, samplePlan, sampleReport } from '../report/sample-run.ts';

const WINDOWS = 40;
const PER_WINDOW = 50;

export interface SampleOptions {
  readonly seed: number;
  readonly slower?: number;
  readonly runCv?: number;
  readonly failures?: number;
  /** Orders beside the stored ones that never got an answer. */
  readonly timeouts?: number;
  readonly dropped?: number;
  readonly changes?: Partial<Report['run']>;
}

/** A steady run of 40 s at 50/s whose latency is around 40 ms. */
export function steadyReport(options: SampleOptions): Report {
  const { seed, slower = 0, runCv = 0, failures = 0, timeouts = 0, dropped = 0 } = options;
  const target = new SimulatedTarget(seed);
  // The first numbers of neighbouring seeds are alike.
  for (let skipped = 0; skipped < 20; skipped++) target.normal();
  const level = 40 * (1 + slower) * Math.exp(runCv * target.normal());
  const values = Array.from({ length: WINDOWS }, () =>
    Array.from({ length: PER_WINDOW }, () => level * Math.exp(0.2 * target.normal())),
  );
  const all = values.flat();
  const failed = all.slice(0, failures);
  const stored = all.slice(failures);
  const stages = [{ name: 'steady', durationSeconds: WINDOWS, fromRate: 50, toRate: 50 }];
  const report = sampleReport(
    {
      latencies: {
        created: stored,
        serverError: failed,
        timeout: Array.from({ length: timeouts }, () => 5000),
      },
      dropped,
      changes: {
        windows: values.map((window, i) => ({
          ...{ startOffsetMs: i * 1000, lengthMs: 1000, started: window.length },
          ...{ dropped: 0, cold: 0, vus: 1, inFlight: 5 },
          latencyByOutcome: { created: fromValues(window) },
        })),
      },
    },
    { plan: samplePlan({ stages, run: `run-${seed}` }) },
  );
  const startedAt = new Date(START_MS + seed * 60_000).toISOString();
  return {
    ...report,
    load: { ...report.load, loadedMs: WINDOWS * 1000 },
    run: { ...report.run, startedAt, ...options.changes },
  };
}
