import type { TimedReport } from '../../lib/core/lambda/platform-control.ts';
import type { MeasuredRound } from '../../lib/core/tune/measured-round.ts';
import type { PowerCell, PowerMeasurement } from '../../lib/core/tune/power/power-cell.ts';
import { drawCpuMs } from '../../order-api/lambda/duration-model.ts';
import { drawLogNormal, type Random, seededRandom } from '../../order-api/lambda/random.ts';

/** What one call does: CPU time on a whole vCPU, and waiting. */
export interface Mix {
  readonly name: string;
  readonly workMs: number;
  readonly ioMs: number;
}

/** How figures vary that do not depend on the size. All but `hiccups` are standard deviations of logarithms. */
export interface Noise {
  readonly name: string;
  /** From call to call. */
  readonly call: number;
  /** From round to round, for all sizes alike. */
  readonly round: number;
  /** From one measured cell to the next: it keeps 0.8 of what it was. */
  readonly wander: number;
  /** Of one cell in one round. */
  readonly cell: number;
  /** Share of calls that take up to four times as long. */
  readonly hiccups: number;
}

export interface SweepPlan {
  readonly cells: readonly PowerCell[];
  readonly rounds: number;
  /** Calls of each cell in each round. */
  readonly calls: number;
}

/** One sweep as a platform with this noise would give it: every round measures the cells in a random order. */
export function simulatedSweep(
  mix: Mix,
  noise: Noise,
  { cells, rounds, calls }: SweepPlan,
  seed: number,
): MeasuredRound<PowerCell, PowerMeasurement>[] {
  const random = seededRandom(seed);
  const normal = (sigma: number) => Math.log(drawLogNormal(random, 1, sigma));
  const measured: MeasuredRound<PowerCell, PowerMeasurement>[] = [];
  let wander = normal(noise.wander);
  for (let round = 1; round <= rounds; round += 1) {
    const drift = normal(noise.round);
    for (const cell of shuffled(cells, random)) {
      wander = 0.8 * wander + 0.6 * normal(noise.wander);
      const factor = Math.exp(drift + wander + normal(noise.cell));
      const startedAtMs = measured.length * 10_000;
      const reports = Array.from({ length: calls }, (_, call) =>
        reportOf(cell, factor * drawDurationMs(mix, noise, cell, random), startedAtMs + 20 * call),
      );
      measured.push({
        cell,
        round,
        startedAtMs,
        endedAtMs: startedAtMs + 10_000,
        measurement: { reports, failedCalls: 0, failure: null, load: null, problem: null },
      });
    }
  }
  return measured;
}

/** Duration of one warm call when nothing drifts, in ms. */
export function drawDurationMs(mix: Mix, noise: Noise, cell: PowerCell, random: Random): number {
  const workMs = drawLogNormal(random, mix.workMs, noise.call);
  const ioMs = mix.ioMs === 0 ? 0 : drawLogNormal(random, mix.ioMs, noise.call);
  const hiccup = random() < noise.hiccups ? 1 + 3 * random() : 1;
  return hiccup * (drawCpuMs({ workMs, ioMs, memoryMb: cell.memoryMb }, random) + ioMs);
}

/** As Lambda reports it: two digits, and billed in whole ms. */
function reportOf({ memoryMb }: PowerCell, ms: number, atMs: number): TimedReport {
  const durationMs = Math.round(100 * ms) / 100;
  return {
    requestId: '',
    durationMs,
    billedMs: Math.ceil(durationMs),
    initMs: null,
    memorySizeMb: memoryMb,
    maxMemoryUsedMb: 85,
    status: null,
    atMs,
  };
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
