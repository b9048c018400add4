import { createColors } from 'picocolors';
import { formatMs, formatRatio, groupDigits } from '../report/format-figure.ts';
import { resolvedOf, servedOf } from '../report/outcome-counts.ts';
import type { LiveView } from '../telemetry/live-view.ts';
import { bar } from './bar.ts';

export interface ProgressLimits {
  /** Planned length of the measured load. */
  readonly durationMs: number;
  readonly maxInFlight: number;
  /** Highest planned rate. */
  readonly peakPerSecond: number;
}

const BAR_WIDTH = 10;

/**
 * One line of at most `width` columns: how far the run is, how the target did in the latest second,
 * and what was lost so far.
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
    ['dropped', dropped] as const,
  ].flatMap(([name, count]) => (count > 0 ? `${name} ${groupDigits(count)}` : []));
  const ended = resolvedOf(outcomes) + dropped;
  // Below one order per second a rate over one second means nothing, so counts are shown.
  const isRare = limits.peakPerSecond < 1;
  const stored = isRare ? groupDigits(servedOf(outcomes)) : `${groupDigits(lastSecond.success)}/s`;
  const parts = [
    `${clockOf(elapsedMs)}/${clockOf(limits.durationMs)} ${share}`,
    started + dropped === 0
      ? 'waiting for the first order'
      : // The stored rate has to be compared with all orders that were due, also if some were dropped.
        isRare
        ? `sent ${groupDigits(started)}`
        : lastSecond.dropped > 0
          ? `offered ${groupDigits(lastSecond.started + lastSecond.dropped)}/s`
          : `sent ${groupDigits(lastSecond.started)}/s`,
    ...(started + dropped === 0 ? [] : [`stored ${stored}`]),
    // Orders in flight are not lost yet, so the ratio covers only those with an outcome.
    ...(ended === 0 ? [] : [`success ${formatRatio(servedOf(outcomes) / ended)}`]),
    ...(lastSecond.p95Ms === null ? [] : [`p95 ${formatMs(lastSecond.p95Ms)}`]),
    // Where space is short, orders that were lost matter more than orders in flight.
    ...alarms,
    `in flight ${groupDigits(live.inFlight)}/${groupDigits(limits.maxInFlight)}`,
  ];
  return alarms.reduce(
    (line, alarm) => line.replace(alarm, paint.yellow(alarm)),
    joinUpTo(width, parts),
  );
}

/** The parts that fit into a line of `width`, each as a whole: one that does not fit is skipped. */
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
