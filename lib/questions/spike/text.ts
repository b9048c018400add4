import { formatCount, formatMs, groupDigits } from '../../core/report/format-figure.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import { phaseTable } from './phase-table.ts';
import { phaseOf } from './phases.ts';
import type { Burst } from './schema.ts';

/** How the target coped with the burst, in words. */
export function burstText(burst: Burst, report: Report): AnswerText {
  return {
    question: 'Does it survive a burst, and how fast does it recover?',
    lines: [
      burst.recovery.why,
      leftOverLine(burst.leftOver, coldBefore(report)),
      coldLine(burst.coldStarts, report),
      ...burst.notes,
    ],
    tile: tileOf(burst.recovery),
    tables: [phaseTable(report)],
  };
}

function tileOf({ status, seconds, intervalSeconds, observedSeconds }: Burst['recovery']): Tile {
  const label = 'Time to recover';
  const text = (value: number | null) => `${(value ?? 0).toFixed(1)} s`;
  switch (status) {
    case 'neverLeft':
      return { label, value: '0 s', note: 'no window missed the SLO' };
    case 'recovered': {
      const [low = null, high = null] = intervalSeconds ?? [];
      const note = low === null || high === null ? '' : `between ${text(low)} and ${text(high)}`;
      return { label, value: text(seconds), note };
    }
    case 'notRecovered':
      return { label, value: `over ${text(observedSeconds)}`, note: '', state: 'missed' };
    case 'notDetermined':
      return { label, value: 'not known', note: '' };
  }
}

function leftOverLine(
  { debtMs, debtIntervalMs, unresolved }: Burst['leftOver'],
  cold: number,
): string {
  const open = unresolved === 0 ? '' : ` ${formatCount(unresolved, 'order')} were never answered.`;
  if (debtMs === null) {
    return `Left over: not known, because there is no latency before or after the burst.${open}`;
  }
  const why = cold === 0 ? '' : `; ${formatCount(cold, 'order')} before it met a cold start`;
  if (debtIntervalMs === null) {
    return `Left over: not known, because there are too few orders before or after the burst to compare their p95${why}.${open}`;
  }
  const [low, high] = debtIntervalMs;
  const interval = `${signedMs(low)} to ${signedMs(high)}`;
  if (low > 0) {
    return `Left over: p95 is ${formatMs(debtMs)} higher after the burst than before it (${interval})${why}.${open}`;
  }
  const found = high < 0 ? `p95 is ${formatMs(-debtMs)} lower after the burst than before it` : '';
  const none = `p95 does not clearly differ before and after the burst`;
  return `Left over: nothing, ${found || none} (${interval})${why}.${open}`;
}

/** Orders before the burst that met a cold start; 0 if that is not known. */
function coldBefore(report: Report): number {
  const { fromMs } = phaseOf(report, ['jump', 'burst']);
  return report.windows
    .filter(({ startOffsetMs, lengthMs }) => startOffsetMs + lengthMs <= fromMs)
    .reduce((sum, { coldStarts = 0 }) => sum + coldStarts, 0);
}

function coldLine(cold: Burst['coldStarts'], report: Report): string {
  if (cold === null) {
    return 'Cold starts: not known, because no response carried the handler’s headers.';
  }
  if (cold.worst === null) return 'Cold starts: none since the burst began.';
  const { count, lengthMs, startOffsetMs } = cold.worst;
  const { fromMs, toMs } = phaseOf(report, ['jump', 'burst']);
  const span = lengthMs === 1000 ? 'one second' : `${lengthMs / 1000} s`;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const when =
    startOffsetMs >= toMs
      ? `${seconds(startOffsetMs - toMs)} after the burst`
      : startOffsetMs <= fromMs
        ? 'as the burst began'
        : `${seconds(startOffsetMs - fromMs)} into the burst`;
  return `Cold starts: ${groupDigits(cold.inBurst)} in the burst and ${groupDigits(cold.after)} after it; most within ${span}: ${groupDigits(count)}, ${when}.`;
}

const signedMs = (ms: number) => (ms < 0 ? `−${formatMs(-ms)}` : `+${formatMs(ms)}`);
