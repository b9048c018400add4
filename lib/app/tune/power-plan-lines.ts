import type { FunctionState } from '../../core/lambda/platform-control.ts';
import { formatCount, formatRate } from '../../core/report/format-figure.ts';
import { listText } from '../../core/text/list-text.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import type { SettingsBefore } from '../../node/store/settings-journal.ts';
import { plannedLoad } from './planned-load.ts';
import { type PowerSubject, powerCells } from './power-sweep.ts';
import { placeText } from './sweep-platform.ts';

/** What a load run takes besides its load: starting k6, the report. */
const RUN_OVERHEAD_S = 0.5;

/** What a power sweep is about to do and to change, one line each. */
export function powerPlanLines(subject: PowerSubject, before: SettingsBefore): readonly string[] {
  const { functionName, platform, request, flags, config } = subject;
  const { memoryMb, architecture, alias } = before.functions[functionName] as FunctionState;
  const cells = powerCells(subject, before);
  const { provisionedConcurrency } = request;
  const others = [
    ...(flags.architectures === null
      ? []
      : [`processor to ${listText(flags.architectures)} (now ${architecture})`]),
    ...(provisionedConcurrency === null
      ? []
      : [
          `provisioned concurrency to ${provisionedConcurrency} (now ${alias?.provisionedConcurrency ?? 0})`,
        ]),
  ];
  const sizes = `memory to ${listText(request.memoryMb.map(String))} MB (now ${memoryMb})`;
  return [
    `function  ${functionName} ${placeText(platform)}`,
    `changes   ${[sizes, ...others].join(', ')}; put back at the end`,
    `sweep     ${formatCount(cells.length, 'size')} in ${formatCount(flags.rounds, 'round')}, each round in random order`,
    measureLine(),
  ];

  function measureLine(): string {
    if (request.by === 'invoke') {
      const how = request.isParallel ? 'all at once' : 'one after the other';
      return `calls     ${formatCount(request.calls, 'direct call')} of each size in a round, ${how}`;
    }
    const { ratePerSecond, seconds, warmupSeconds } = plannedLoad(config);
    if (ratePerSecond === null || seconds === null) {
      return `load      ${config.scenario}: as recorded, for each size in each round`;
    }
    const warmup =
      warmupSeconds === 0 ? '' : ` after ${renderDuration(warmupSeconds * 1000)} of warm-up`;
    const runs = cells.length * flags.rounds;
    const minutes = (runs * (seconds + warmupSeconds + RUN_OVERHEAD_S)) / 60;
    const time =
      minutes < 1 ? 'less than a minute' : `about ${formatCount(Math.round(minutes), 'minute')}`;
    const load = `up to ${formatRate(ratePerSecond)} for ${renderDuration(seconds * 1000)}${warmup}`;
    return `load      ${config.scenario}: ${load}; ${formatCount(runs, 'run')}, ${time}`;
  }
}
