import type { Slo } from '../../core/load/load-plan.ts';
import { type EndedRun, runLonger } from '../../core/report/ended-run.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { Burst } from './schema.ts';

/** What to do if the target was not seen to recover. */
export function spikeNext({ recovery }: Burst, { report }: EndedRun): NextStep | null {
  if (recovery.status === 'notRecovered') {
    return runLonger(report, 'Watch it for longer to see when it recovers', 2);
  }
  if (recovery.status === 'notDetermined' && report.run.verdict === 'pass') {
    return runLonger(report, 'Run longer to determine the time to recover', 2);
  }
  return null;
}

/** Whether the SLO was met inside the burst. */
export function metInBurst({ success, p95 }: Burst, slo: Slo): { success: boolean; p95: boolean } {
  return {
    success: (success?.ratio ?? 1) >= slo.successRatio,
    p95: (p95?.valueMs ?? 0) <= slo.p95Ms,
  };
}
