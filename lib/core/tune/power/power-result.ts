import { max, median } from 'simple-statistics';
import { lambdaCostUsd } from '../../cost/lambda-cost.ts';
import { PRICE_LIST } from '../../cost/price-list.ts';
import type { TimedReport } from '../../lambda/platform-control.ts';
import { isSameCell } from '../cell-name.ts';
import type { MeasuredRound } from '../measured-round.ts';
import type { PowerResult, PowerSize } from '../schema/power-schema.ts';
import type { Candidate } from './best-size.ts';
import { chooseBySlo, chooseByStrategy, keepsSlo } from './choose-size.ts';
import { type MeasuredSize, measuredSize } from './measured-size.ts';
import type { PowerCell, PowerMeasurement } from './power-cell.ts';
import { type PowerModels, powerModels } from './power-models.ts';
import type { PowerSettings } from './power-settings.ts';
import { powerTuningComparison, powerTuningEntries } from './power-tuning-entries.ts';
import { wholeDurationMs } from './size-round.ts';

/** What a power sweep found: the figures of every size that was to be measured, and the best one. */
export function powerResult(
  rounds: readonly MeasuredRound<PowerCell, PowerMeasurement>[],
  settings: PowerSettings,
): PowerResult {
  const { cells, sloP95Ms, strategy, region: _, ...asked } = settings;
  const sizes = cells.map((cell) =>
    measuredSize(
      cell,
      rounds.filter((round) => isSameCell(round.cell, cell)),
      settings,
    ),
  );
  const models = powerModels(sizes, settings.balancedWeight);
  const candidates = sizes.flatMap(({ status, cell }, size) =>
    status === 'measured' ? [{ size, cell }] : [],
  );
  const byStrategy = (['cost', 'speed', 'balanced'] as const).map((one) =>
    chooseByStrategy(one, candidates, models),
  );
  const choices =
    sloP95Ms === null ? byStrategy : [...byStrategy, chooseBySlo(sloP95Ms, candidates, models)];
  const wanted = sloP95Ms === null ? strategy : 'slo';
  const choice = choices.find((one) => one.strategy === wanted) as PowerResult['choice'];
  const chosen = candidates.find(
    ({ cell }) => choice.chosen !== null && isSameCell(cell, choice.chosen),
  );
  const powerTuning = powerTuningEntries(sizes, settings);
  return {
    ...asked,
    strategy,
    sloP95Ms,
    pricesDate: PRICE_LIST.date,
    sizes: sizes
      .map((size, position) => sizeResult(size, position, models, chosen, sloP95Ms))
      .sort((a, b) => orderOf(a) - orderOf(b)),
    choice,
    choices,
    powerTuning: powerTuning.map(({ architecture, output }) => ({
      architecture,
      output,
      visualization: output.stateMachine.visualization,
    })),
    powerTuningComparison: powerTuningComparison(powerTuning, settings.region),
  };
}

/** x86 before arm, then by memory. */
function orderOf({ architecture, memoryMb }: PowerCell): number {
  return (architecture === 'x86' ? 0 : 1e6) + memoryMb;
}

function sizeResult(
  size: MeasuredSize,
  position: number,
  models: PowerModels,
  chosen: Candidate | undefined,
  sloP95Ms: number | null,
): PowerSize {
  const { cell, rounds, status } = size;
  const p95Ms = models.p95Ms.estimate(position);
  const peaks = rounds.flatMap(({ measurement }) => measurement.load?.peakConcurrency ?? []);
  const invocations = rounds.flatMap(({ warm, cold, failed }) => [...warm, ...cold, ...failed]);
  return {
    ...cell,
    status,
    problem: size.problem,
    rounds: rounds.filter(({ figures }) => figures !== null).length,
    invocations: rounds.reduce((sum, { warm }) => sum + warm.length, 0),
    failedInvocations: size.failedInvocations,
    durationMs: models.durationMs.estimate(position),
    p95Ms,
    p99Ms: models.p99Ms.estimate(position),
    billedMs: models.billedMs.estimate(position),
    costPerMillionUsd: models.costPerMillionUsd.estimate(position),
    maxMemoryUsedMb: highest(invocations.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb)),
    peakConcurrency: highest(peaks),
    successRatio: size.successRatio,
    cold: coldStarts(
      cell,
      rounds.flatMap(({ cold }) => cold),
      invocations.length,
    ),
    keepsSlo: p95Ms === null || sloP95Ms === null ? null : keepsSlo(p95Ms, sloP95Ms),
    againstChosen: againstChosen(position, chosen, models),
  };
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : max(values as number[]);
}

function againstChosen(
  position: number,
  chosen: Candidate | undefined,
  models: PowerModels,
): PowerSize['againstChosen'] {
  if (chosen === undefined || chosen.size === position) return null;
  const duration = models.durationMs.ratio(position, chosen.size);
  const cost = models.costPerMillionUsd.ratio(position, chosen.size);
  return duration === null || cost === null ? null : { duration, cost };
}

function coldStarts(
  { memoryMb, architecture }: PowerCell,
  cold: readonly TimedReport[],
  invocations: number,
): PowerSize['cold'] {
  const count = cold.length;
  if (count === 0) {
    return { count, share: 0, initMs: null, durationMs: null, costPerMillionUsd: null };
  }
  const billedMs = cold.reduce((sum, one) => sum + one.billedMs, 0);
  const gbSeconds = (billedMs / 1000) * (memoryMb / 1024);
  return {
    count,
    share: count / invocations,
    initMs: median(cold.map(({ initMs }) => initMs ?? 0)),
    durationMs: median(cold.map(wholeDurationMs)),
    costPerMillionUsd:
      (1e6 / count) * lambdaCostUsd({ invocations: count, gbSeconds, architecture }),
  };
}
