import type { MappingState } from '../../core/lambda/platform-control.ts';
import { formatCount, formatRate } from '../../core/report/format-figure.ts';
import { listText } from '../../core/text/list-text.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import { trialSeconds } from '../../core/tune/batch/batch-plan.ts';
import type { SettingsBefore } from '../../node/store/settings-journal.ts';
import { type BatchSubject, batchTrials } from './batch-sweep.ts';
import { QUIET_LOAD } from './measure-batch.ts';
import { plannedLoad } from './planned-load.ts';
import { placeText } from './sweep-platform.ts';

/** Until the embedded order API gives up a message: two receives of 30 s. */
const RETRY_SECONDS = 60;

/** What a batch sweep is about to do and to change, one line each. */
export function batchPlanLines(subject: BatchSubject, before: SettingsBefore): readonly string[] {
  const { mappingId, functionName, platform, flags, config } = subject;
  const { batchSize, windowSeconds, maximumConcurrency } = before.mappings[
    mappingId
  ] as MappingState;
  const { rounds, once } = batchTrials(flags);
  const of = (condition: string) => once.filter((trial) => trial.condition === condition);
  const [quiet, poison] = [of('quiet'), of('poison')];
  const list = (values: readonly number[]) => listText(values.map(String));
  return [
    `mapping   ${mappingId}, which calls ${functionName} ${placeText(platform)}`,
    `changes   batch size to ${list(flags.sizes)} (now ${batchSize}), window to ${list(flags.windowsSeconds)} s (now ${windowSeconds} s)${
      flags.maximumConcurrency === null
        ? ''
        : `, maximum concurrency to ${flags.maximumConcurrency} (now ${maximumConcurrency ?? 'none'})`
    }; put back at the end`,
    `sweep     ${formatCount(rounds.length, 'cell')} in each of ${formatCount(flags.rounds, 'round')}, in random order`,
    ...(quiet.length === 0
      ? []
      : [
          `quiet     then ${formatCount(quiet.length, 'run')} with hardly any orders, one for each window`,
        ]),
    ...(poison.length === 0
      ? []
      : [
          `poison    then ${formatCount(poison.length, 'run')} with one message that is no order, one for each batch size; it ends in the dead-letter queue`,
        ]),
    loadLine(),
  ];

  function loadLine(): string {
    const { ratePerSecond, seconds, warmupSeconds } = plannedLoad(config);
    if (ratePerSecond === null || seconds === null) {
      return 'load      batch: as recorded, for each cell in each round';
    }
    const timeOf = (trials: typeof once, loadSeconds: number) =>
      trials
        .map((trial) => trialSeconds(trial, { loadSeconds, retrySeconds: RETRY_SECONDS }))
        .reduce((sum, time) => sum + time, 0);
    const total =
      flags.rounds * timeOf(rounds, seconds + warmupSeconds) +
      timeOf(quiet, QUIET_LOAD.durationMs / 1000) +
      timeOf(poison, seconds + warmupSeconds);
    const warmup =
      warmupSeconds === 0 ? '' : ` after ${renderDuration(warmupSeconds * 1000)} of warm-up`;
    const load = `up to ${formatRate(ratePerSecond)} for ${renderDuration(seconds * 1000)}${warmup}`;
    return `load      batch: ${load}; all runs take about ${formatCount(Math.ceil(total / 60), 'minute')}`;
  }
}
