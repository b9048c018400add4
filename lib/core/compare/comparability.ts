import { formatRatio } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { arrivalsName } from './arrivals-name.ts';

/** A run with the side it stands on, for messages. */
export interface NamedReport {
  /** Such as `A` or `B`. */
  readonly side: string;
  readonly report: Report;
}

/**
 * Why runs cannot be compared, one sentence each; empty when they can. The first run is what the
 * others are held against.
 */
export function incomparableReasons(
  runs: readonly NamedReport[],
  maxDroppedRatio: number,
): string[] {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  const reasons = [
    ...runs.flatMap((run) => ownReasons(run, maxDroppedRatio)),
    ...others.flatMap((other) => differences(first, other)),
  ];
  return [...new Set(reasons)];
}

function ownReasons({ side, report }: NamedReport, maxDroppedRatio: number): string[] {
  const { run, load } = report;
  const named = `run ${run.id} (${side})`;
  const reasons: string[] = [];
  if (run.verdict === 'invalid') {
    reasons.push(`${named} is INVALID: ${run.reasons[0] ?? 'no reason was recorded'}`);
  }
  if (run.status !== 'completed') {
    reasons.push(`${named} did not come to its planned end (${run.status})`);
  }
  const dropped = load.offered === 0 ? 0 : load.dropped / load.offered;
  if (dropped > maxDroppedRatio) {
    reasons.push(
      `${named} dropped ${formatRatio(dropped)} of its orders, more than ${formatRatio(maxDroppedRatio)}: its latency is of the load that was left`,
    );
  }
  return reasons;
}

function differences(one: NamedReport, other: NamedReport): string[] {
  const facts: readonly [name: string, of: (report: Report) => string][] = [
    ['scenario', ({ run }) => run.scenario],
    ['profile', ({ run }) => run.profile],
    ['load', loadOf],
    ['arrivals', ({ load }) => arrivalsName(load.arrivals)],
    ['request timeout', ({ load }) => `${load.requestTimeoutMs} ms`],
    ['kind of target', ({ target }) => target.platform],
    ['k6', ({ run }) => `${majorOf(run.k6Version)}.x`],
    ['report version', ({ schemaVersion }) => `${majorOf(schemaVersion)}.x`],
  ];
  return facts.flatMap(([name, of]) => {
    const [left, right] = [of(one.report), of(other.report)];
    if (left === right) return [];
    return one.side === other.side
      ? [`the runs of ${one.side} differ in ${name}: ${left} and ${right}`]
      : [`other ${name}: ${one.side} has ${left}, ${other.side} has ${right}`];
  });
}

export function majorOf(version: string): string {
  return version.replace(/^v/, '').split('.')[0] as string;
}

/** The shape of the load, without the names of its stages. */
function loadOf({ load: { model, stages, warmup } }: Report): string {
  const all = [...(warmup === null ? [] : [{ ...warmup, name: 'warm-up ' }]), ...stages];
  const shown = all.map(({ durationSeconds, fromRate, toRate, name }) => {
    const rate = fromRate === toRate ? `${toRate}/s` : `${fromRate} to ${toRate}/s`;
    return `${name === 'warm-up ' ? name : ''}${rate} for ${durationSeconds} s`;
  });
  return `${model === 'open' ? '' : `${model} `}${shown.join(', ')}`;
}
