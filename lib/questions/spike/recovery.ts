import { formatCount } from '../../core/report/format-figure.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import { formatMsLimit, formatRatioLimit } from '../../core/text/format-limit.ts';
import { inPhase, type Phase } from './phases.ts';
import type { Burst } from './schema.ts';
import type { SentWindow } from './sent-windows.ts';
import { HELD_SPANS, type RecoveryQuestion, spanHolds, timeToRecover } from './time-to-recover.ts';

type Recovery = Burst['recovery'];

export interface Phases {
  readonly windows: readonly SentWindow[];
  readonly baseline: Phase;
  readonly burst: Phase;
  readonly after: Phase;
}

/** When the target met the SLO again after the burst, or why that cannot be determined. */
export function burstRecovery(report: Report, phases: Phases): Recovery {
  const { load, run, requests } = report;
  const { windows, burst, after } = phases;
  const fromMs = burst.toMs;
  const loadedToMs = Math.min(after.toMs, load.loadedMs);
  // Orders without an outcome were in flight at the end, so the last seconds cannot be judged.
  const toMs = requests.unresolved > 0 ? loadedToMs - load.requestTimeoutMs : loadedToMs;
  const observedSeconds = Math.max(0, toMs - fromMs) / 1000;
  const unknown = (why: string, spanSeconds = 0): Recovery => ({
    status: 'notDetermined',
    seconds: null,
    intervalSeconds: null,
    observedSeconds,
    spanSeconds,
    why,
  });
  if (burst.steps.length === 0 || after.steps.length === 0) {
    return unknown(
      'The time to recover is not known: the load has no stages called burst and recovery.',
    );
  }
  if (run.verdict === 'invalid') {
    return unknown('The time to recover is not known: the run is invalid.');
  }
  if (observedSeconds === 0) {
    return unknown(
      requests.unresolved > 0
        ? 'The time to recover is not known: the orders after the burst were still unresolved when the run ended.'
        : 'The time to recover is not known: the load ended before the burst did.',
    );
  }
  const question: RecoveryQuestion = { windows, fromMs, toMs, slo: load.slo };
  const found = timeToRecover(question);
  const spanSeconds = found.spanMs / 1000;
  if (found.kind === 'tooShort') {
    return unknown(
      `The time to recover is not known: ${formatCount(found.orders, 'order')} in ${observedSeconds.toFixed(1)} s are too few to see the SLO met ${HELD_SPANS} times in a row${found.orders === 0 ? '' : `, which takes ${found.neededMs / 1000} s`}. Make the recovery longer or its rate higher.`,
      spanSeconds,
    );
  }
  if (found.kind === 'notRecovered') {
    const before = inPhase(windows, phases.baseline);
    if (before.length > 0 && !spanHolds(before, load.slo)) {
      return unknown(
        'The time to recover is not known: the SLO was already missed before the burst, so there was no good state to return to.',
        spanSeconds,
      );
    }
    const held =
      found.heldMs === 0
        ? ''
        : ` It met them in the last ${found.heldMs / 1000} s, which is too short to count.`;
    return {
      status: 'notRecovered',
      seconds: null,
      intervalSeconds: null,
      observedSeconds,
      spanSeconds,
      why: `The target did not recover within ${observedSeconds.toFixed(1)} s after the burst: it never met success of ${formatRatioLimit(load.slo.successRatio)} and p95 of ${formatMsLimit(load.slo.p95Ms)} for ${HELD_SPANS * spanSeconds} s in a row.${held}`,
    };
  }
  const seconds = found.atMs / 1000;
  const during = inPhase(windows, burst);
  // When an order was sent is known to half a window, from when it was answered and how long it took.
  const margin = spanSeconds + (windows[0]?.lengthMs ?? 0) / 2000;
  const neverLeft =
    found.atMs === 0 &&
    during.length > 0 &&
    during.every((window) => spanHolds([window], load.slo));
  const interval = [Math.max(0, seconds - margin), seconds + margin] as const;
  return {
    status: neverLeft ? 'neverLeft' : 'recovered',
    seconds,
    intervalSeconds: interval,
    observedSeconds,
    spanSeconds,
    why: neverLeft
      ? 'The target met the SLO all the time.'
      : `The target met the SLO again ${seconds.toFixed(1)} s after the burst (between ${interval.map((end) => end.toFixed(1)).join(' and ')} s).`,
  };
}
