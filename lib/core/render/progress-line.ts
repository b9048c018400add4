import { createColors } from 'picocolors';
import { formatMs, formatRatio, groupDigits } from '../report/format-figure.ts';
import { resolvedOf, servedOf } from '../report/outcome-counts.ts';
import type { LiveView } from '../telemetry/live-view.ts';
import { bar } from './bar.ts';

export interface ProgressLimits {
  /** Planned length of the measured load. */
  readonly durationMs: number;
  readonly maxInFlight: number;
  /** Highest rate that is planned. */
  readonly peakPerSecond: number;
}

const BAR_WIDTH = 10;

/**
 * One line of at most `width` columns: where the run is, how the target does in the latest second,
 * and what has been lost so far.
 */
export function renderProgress(
  live: LiveView,
  limits: ProgressLimits,
  { colors, width }: { readonly colors: boolean; readonly width: number },
): string {
  const paint = createColors(colors);
  const { outcomes, dropped, started, lastSecond } = live;
  const elapsedMs = Math.min(live.elapsedMs, limits.durationMs);
  const share = bar(elapsedMs / limits.durationMs, BAR_WIDTH).padEnd(BAR_WIDTH);
  const alarms = [
    ['throttled', outcomes.throttled] as const,
    ['not sent', dropped] as const,
  ].flatMap(([name, count]) => (count > 0 ? `${name} ${groupDigits(count)}` : []));
  const ended = resolvedOf(outcomes) + dropped;
  // Below one a second, a second says either nothing or too much: then it is counts that are shown.
  const isRare = limits.peakPerSecond < 1;
  const served = isRare ? groupDigits(servedOf(outcomes)) : `${groupDigits(lastSecond.success)}/s`;
  const parts = [
    `${clockOf(elapsedMs)}/${clockOf(limits.durationMs)} ${share}`,
    started + dropped === 0
      ? 'waiting for the first order'
      : // What is served is to be read against what fell due, also where not all of it was sent.
        isRare
        ? `sent ${groupDigits(started)}`
        : lastSecond.dropped > 0
          ? `offered ${groupDigits(lastSecond.started + lastSecond.dropped)}/s`
          : `sent ${groupDigits(lastSecond.started)}/s`,
    ...(started + dropped === 0 ? [] : [`served ${served}`]),
    // Orders in flight are not lost yet, so the share is of those that came to an end.
    ...(ended === 0 ? [] : [`success ${formatRatio(servedOf(outcomes) / ended)}`]),
    ...(lastSecond.p95Ms === null ? [] : [`p95 ${formatMs(lastSecond.p95Ms)}`]),
    // On a narrow terminal what was lost matters more than how many are waiting.
    ...alarms,
    `in flight ${groupDigits(live.inFlight)}/${groupDigits(limits.maxInFlight)}`,
  ];
  return alarms.reduce(
    (line, alarm) => line.replace(alarm, paint.yellow(alarm)),
    joinUpTo(width, parts),
  );
}

/** As many whole parts as go into a line of `width`; a part that does not fit makes room for the next. */
function joinUpTo(width: number, parts: readonly string[]): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (longer.length <= width) line = longer;
  }
  return line;
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => value.toString().padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
