import { formatRate } from '../../lib/core/report/format-figure.ts';
import { CAPACITY_SETTINGS, type CapacitySetting } from './capacity-settings.ts';
import { type CapacityResult, measureCapacity } from './measure-capacity.ts';

/**
 * Runs ramps against servers of known capacity: `npx tsx studies/capacity/capacity.ts [part of a name]`. About two
 * minutes per setting, twelve for random arrivals.
 */
const wanted = process.argv[2] ?? '';

const rows: Record<string, string>[] = [];
for (const setting of CAPACITY_SETTINGS.filter(({ name }) => name.includes(wanted))) {
  const row = rowOf(setting, await measure(setting));
  rows.push(row);
  console.error(JSON.stringify(row));
}
console.table(rows);

/** Repeats a run once if it is INVALID, unless that is expected. */
async function measure(setting: CapacitySetting): Promise<CapacityResult> {
  const first = await measureCapacity(setting, process.env);
  const isInvalid = first.report.run.verdict === 'invalid';
  return isInvalid && setting.expected.status !== 'notDetermined'
    ? measureCapacity(setting, process.env)
    : first;
}

function rowOf(setting: CapacitySetting, result: CapacityResult): Record<string, string> {
  const { capacity, trueRatePerSecond } = result;
  const { low, high } = capacity.interval;
  const rate = (perSecond: number | null) => (perSecond === null ? '–' : formatRate(perSecond));
  const error =
    capacity.ratePerSecond === null ? null : capacity.ratePerSecond / trueRatePerSecond - 1;
  const isRight =
    capacity.status === setting.expected.status &&
    capacity.limit === setting.expected.limit &&
    (error === null || Math.abs(error) <= setting.tolerance);
  return {
    setting: setting.name,
    truth: rate(trueRatePerSecond),
    capacity: rate(capacity.ratePerSecond),
    error: error === null ? '–' : `${(error * 100).toFixed(1)}%`,
    interval: `${rate(low)} to ${rate(high)}`,
    limit: `${capacity.limit}`,
    status: capacity.status,
    steps: `${capacity.steps.length}`,
    right: isRight ? 'yes' : 'NO',
  };
}
