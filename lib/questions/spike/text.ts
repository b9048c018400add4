import { formatCount, formatMs, formatRatio } from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { Burst } from './schema.ts';

type P95 = NonNullable<Burst['p95']>;

/** How the target coped with the burst, in words. */
export function burstText(burst: Burst): AnswerText {
  const { recovery, lost, leftOver } = burst;
  const between =
    recovery.intervalSeconds === null || recovery.status === 'neverLeft'
      ? ''
      : ` (between ${recovery.intervalSeconds.map((s) => s.toFixed(1)).join(' and ')} s)`;
  return {
    question: 'Does it survive a burst, and how fast does it recover?',
    lines: [
      `time to recover: ${recovery.why.replace(/\.$/, '')}${between}.`,
      `inside the burst: ${insideText(burst)}`,
      `cold starts: ${coldText(burst.coldStarts)}`,
      `lost in the burst: ${lostText(lost.inBurst)}`,
      `lost after it: ${lostText(lost.after)}`,
      `left over: ${leftOverText(leftOver)}`,
      ...burst.notes,
    ],
  };
}

function insideText({ success, p95 }: Burst): string {
  if (success === null) return 'not determined, because nothing was offered';
  const latency = p95 === null ? 'no latency, because no order was stored' : `p95 ${p95Text(p95)}`;
  return `success ${formatRatio(success.ratio)} (95% interval ${success.interval.map(formatRatio).join(' to ')}) of ${formatCount(success.offered, 'order')}, ${latency}`;
}

function p95Text({ valueMs, lowMs, highMs }: P95): string {
  const high =
    highMs === null ? ' or more; too few orders for an upper end' : ` to ${formatMs(highMs)}`;
  return `${formatMs(valueMs)} (${formatMs(lowMs)}${high})`;
}

function coldText(cold: Burst['coldStarts']): string {
  if (cold === null) return 'not known, because no response carried the handler’s headers';
  if (cold.worst === null) return 'none';
  const { count, lengthMs, startOffsetMs } = cold.worst;
  const span = lengthMs === 1000 ? 'second' : `${lengthMs / 1000} s`;
  return `${cold.inBurst} in the burst, ${cold.after} after it; the most, ${count}, in the ${span} from ${(startOffsetMs / 1000).toFixed(1)} s on`;
}

function lostText({ total, outcomes, unresolved, dropped }: Burst['lost']['after']): string {
  if (total === 0) return 'none';
  const parts = Object.entries({ ...outcomes, unresolved, 'not sent': dropped })
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  return `${formatCount(total, 'order')} (${parts.map(([name, count]) => `${count} ${name}`).join(', ')})`;
}

function leftOverText(leftOver: Burst['leftOver']): string {
  const { baselineP95, recoveryP95, debtMs, debtIntervalMs, unresolved } = leftOver;
  const open = unresolved === 0 ? '' : `; ${formatCount(unresolved, 'order')} unresolved`;
  if (baselineP95 === null || recoveryP95 === null || debtMs === null) {
    return `not determined, because there is no latency before or after the burst${open}`;
  }
  const both = `p95 ${formatMs(recoveryP95.valueMs)} after, ${formatMs(baselineP95.valueMs)} before`;
  if (debtIntervalMs === null) {
    return `${both}; too few orders to tell whether they differ${open}`;
  }
  const [low, high] = debtIntervalMs;
  const meaning =
    low > 0 ? 'slower than before' : high < 0 ? 'faster than before' : 'no difference found';
  return `${both}: ${meaning} (${signedMs(low)} to ${signedMs(high)})${open}`;
}

const signedMs = (ms: number) => (ms < 0 ? `−${formatMs(-ms)}` : `+${formatMs(ms)}`);
