import {
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
} from '../../core/report/format-figure.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { formatMsLimit, formatRatioLimit } from '../../core/text/format-limit.ts';
import type { Finding, Found } from '../question.ts';
import { lostOf, p95Of, successOf } from './phase-figures.ts';
import { type Phase, phaseOf } from './phases.ts';
import { burstRecovery } from './recovery.ts';
import type { Burst } from './schema.ts';
import { sentWindows } from './sent-windows.ts';

/** How the target coped with the burst of `spike`, whose stages are baseline, jump, burst and recovery. */
export function answerSpike(report: Report): Found<Burst> {
  const windows = sentWindows(report);
  const baseline = phaseOf(report, ['baseline']);
  const burst = phaseOf(report, ['jump', 'burst']);
  const after = phaseOf(report, ['recovery']);
  const baselineP95 = p95Of(report, baseline, windows);
  const p95 = p95Of(report, burst, windows);
  const recoveryP95 = p95Of(report, after, windows);
  const success = successOf(report, burst, windows);
  const recovery = burstRecovery(report, { windows, baseline, burst, after });
  const answer: Burst = {
    success,
    p95,
    coldStarts: coldStartsOf(report, burst),
    recovery,
    lost: { inBurst: lostOf(report, burst), after: lostOf(report, after) },
    leftOver: {
      baselineP95,
      recoveryP95,
      debtMs: baselineP95 && recoveryP95 ? recoveryP95.valueMs - baselineP95.valueMs : null,
      debtIntervalMs: debtInterval(baselineP95, recoveryP95),
      unresolved: report.requests.unresolved,
    },
    notes: notesOf(report, recovery),
  };
  return { answer, findings: findingsOf(report, answer) };
}

function coldStartsOf({ windows }: Report, burst: Phase): Burst['coldStarts'] {
  const since = windows.filter((w) => w.startOffsetMs + w.lengthMs > burst.fromMs);
  if (since.length === 0 || since.some(({ coldStarts }) => coldStarts === undefined)) return null;
  const counted = since.map(({ startOffsetMs, lengthMs, coldStarts = 0 }) => ({
    startOffsetMs,
    lengthMs,
    count: coldStarts,
  }));
  const total = (list: typeof counted) => list.reduce((sum, { count }) => sum + count, 0);
  const worst = counted.reduce((most, one) => (one.count > most.count ? one : most));
  return {
    inBurst: total(counted.filter(({ startOffsetMs }) => startOffsetMs < burst.toMs)),
    after: total(counted.filter(({ startOffsetMs }) => startOffsetMs >= burst.toMs)),
    worst: worst.count === 0 ? null : worst,
  };
}

function debtInterval(before: Burst['p95'], after: Burst['p95']): readonly [number, number] | null {
  if (before?.highMs == null || after?.highMs == null) return null;
  return [after.lowMs - before.highMs, after.highMs - before.lowMs];
}

function notesOf(report: Report, recovery: Burst['recovery']): string[] {
  const windowSeconds = (report.windows[0]?.lengthMs ?? 0) / 1000;
  return [
    ...(windowSeconds > 1
      ? [
          `Windows are ${windowSeconds} s wide, so the time to recover is accurate to ${recovery.spanSeconds} s.`,
        ]
      : []),
    ...(recovery.spanSeconds > windowSeconds
      ? [
          `Windows after the burst hold fewer than eight orders, so ${recovery.spanSeconds} s are judged at a time.`,
        ]
      : []),
  ];
}

function findingsOf({ load, thresholds, run }: Report, burst: Burst): Finding[] {
  if (run.verdict === 'invalid') return [];
  const { success, p95, recovery } = burst;
  const isKept = (name: string) => thresholds.some((one) => one.name === name && one.ok);
  const fail = (reason: string): Finding => ({ verdict: 'fail', reason });
  return [
    ...(success !== null && isKept('success') && success.interval[1] < load.slo.successRatio
      ? [
          fail(
            `Inside the burst success was ${formatRatio(success.ratio)} (95% interval ${success.interval.map((end) => formatRatioAgainst(end, load.slo.successRatio)).join(' to ')}), below the SLO of ${formatRatioLimit(load.slo.successRatio)}. Only the calm before and after it hides that.`,
          ),
        ]
      : []),
    ...(p95 !== null && isKept('p95') && p95.lowMs > load.slo.p95Ms
      ? [
          fail(
            `Inside the burst the p95 latency was ${formatMsAgainst(p95.valueMs, load.slo.p95Ms)}, above the SLO of ${formatMsLimit(load.slo.p95Ms)}. Only the calm before and after it hides that.`,
          ),
        ]
      : []),
    ...(recovery.status === 'notRecovered' ? [fail(recovery.why)] : []),
  ];
}
