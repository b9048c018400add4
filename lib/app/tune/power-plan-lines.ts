import type { FunctionState } from '../../core/lambda/platform-control.ts';
import { formatCount, formatRate } from '../../core/report/format-figure.ts';
import { listText } from '../../core/text/list-text.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import type { SettingsBefore } from '../../node/store/settings-journal.ts';
import { plannedLoad } from './planned-load.ts';
import { type PowerSubject, powerCells } from './power-sweep.ts';
import { placeText } from './sweep-platform.ts';

/** What a load run takes besides its load: k6, the bundle, the report. */
const RUN_OVERHEAD_S = 3;

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
    `sweep     ${formatCount(cells.length, 'cell')} in each of ${formatCount(flags.rounds, 'round')}, in random order`,
    measureLine(),
  ];

  function measureLine(): string {
    if (request.by === 'invoke') {
      const how = request.isParallel ? 'all at once' : 'one after the other';
      return `calls     ${request.calls} direct calls of a cell in a round, ${how}`;
    }
    const { ratePerSecond, seconds, warmupSeconds } = plannedLoad(config);
    if (ratePerSecond === null || seconds === null) {
      return `load      ${config.scenario}: as recorded, for each cell in each round`;
    }
    const warmup =
      warmupSeconds === 0 ? '' : ` after ${renderDuration(warmupSeconds * 1000)} of warm-up`;
    const runs = cells.length * flags.rounds;
    const minutes = Math.ceil((runs * (seconds + warmupSeconds + RUN_OVERHEAD_S)) / 60);
    const load = `up to ${formatRate(ratePerSecond)} for ${renderDuration(seconds * 1000)}${warmup}`;
    return `load      ${config.scenario}: ${load}; ${formatCount(runs, 'run')} in about ${formatCount(minutes, 'minute')}`;
  }
}
