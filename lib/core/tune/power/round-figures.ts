import { lambdaCostUsd } from '../../cost/lambda-cost.ts';
import type { TimedReport } from '../../lambda/platform-control.ts';
import { formatMs, formatUnitCost } from '../../report/format-figure.ts';
import type { PowerCell, PowerMeasurement } from './power-cell.ts';

const MILLION = 1e6;

/** What a round measured of a size, in one line: means of warm invocations, for someone who watches the sweep. */
export function roundFigures(
  { architecture }: PowerCell,
  { reports, failure, problem, load, failedCalls }: PowerMeasurement,
): string {
  if (failure !== null) return failure;
  if (problem !== null) return problem;
  const succeeded = reports.filter(({ status }) => status === null || status === 'success');
  const warm = succeeded.filter(({ initMs }) => initMs === null);
  const failed = load === null ? failedCalls : reports.length - succeeded.length;
  return [
    ...(load === null || load.p95Ms === null ? [] : [`p95 ${formatMs(load.p95Ms)}`]),
    ...warmFigures(warm, architecture),
    `${reports.filter(({ initMs }) => initMs !== null).length} cold`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ].join(', ');
}

function warmFigures(
  warm: readonly TimedReport[],
  architecture: PowerCell['architecture'],
): readonly string[] {
  if (warm.length === 0) return ['no warm invocation'];
  let durationMs = 0;
  let gbSeconds = 0;
  for (const report of warm) {
    durationMs += report.durationMs;
    gbSeconds += (report.billedMs / 1000) * (report.memorySizeMb / 1024);
  }
  const usd = lambdaCostUsd({ invocations: warm.length, gbSeconds, architecture });
  return [
    `duration ${formatMs(durationMs / warm.length)}`,
    `${formatUnitCost((usd / warm.length) * MILLION)} per million`,
    `${warm.length} warm`,
  ];
}
