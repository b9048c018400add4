import { EMPTY_HISTOGRAM } from '../histogram/histogram.ts';
import type { FunctionReading } from '../lambda/platform-reading.ts';
import { sumNotSent } from '../telemetry/not-sent-telemetry.ts';
import type { Counted } from './counted.ts';
import { latencyStatsOf } from './latency-stats.ts';
import type { Measured } from './measured.ts';
import { notSentList } from './not-sent-figures.ts';
import { addOutcomeCounts, resolvedOf, servedOf } from './outcome-counts.ts';
import { windowMemoryMb, windowPlatform } from './platform-figures.ts';
import type { PlanFacts } from './run-facts.ts';
import type { Report } from './schema/report-schema.ts';

const NOTHING: Counted = { started: 0, outcomes: addOutcomeCounts([]), success: EMPTY_HISTOGRAM };

/** One entry for each planned step, then those that are not in the plan. */
export function stepFigures(plan: PlanFacts, measured: Measured): Report['steps'] {
  const planned = plan.stages.map((stage) => stage.name);
  const names = [...Object.keys(measured.steps), ...Object.keys(measured.notSent)];
  const others = [...new Set(names)].filter((name) => !planned.includes(name));
  return [...planned, ...others.sort()].map((name) => {
    const { started, outcomes, success } = measured.steps[name] ?? NOTHING;
    const stage = plan.stages.find((candidate) => candidate.name === name);
    return {
      name,
      plannedRate: stage === undefined ? null : (stage.fromRate + stage.toRate) / 2,
      started,
      unresolved: started - resolvedOf(outcomes),
      ...droppedIn(name, measured),
      outcomes,
      successRatio: started === 0 ? null : servedOf(outcomes) / started,
      success: latencyStatsOf(success),
      ...handlerIn(name, measured),
      ...latenessIn(name, measured),
    };
  });
}

function droppedIn(
  name: string,
  { notSent }: Measured,
): Pick<Report['steps'][number], 'dropped' | 'notSent'> {
  const ofStep = notSent[name] ?? {};
  const dropped = sumNotSent(ofStep);
  return dropped === 0 ? {} : { dropped, notSent: notSentList(ofStep) };
}

function latenessIn(
  name: string,
  { latenessByStep }: Measured,
): Pick<Report['steps'][number], 'latenessMs'> {
  const lateness = latenessByStep[name];
  return lateness === undefined ? {} : { latenessMs: latencyStatsOf(lateness) };
}

function handlerIn(
  name: string,
  { handlerByStep = {} }: Measured,
): Pick<Report['steps'][number], 'handlerMs'> {
  const handler = handlerByStep[name];
  return handler === undefined ? {} : { handlerMs: latencyStatsOf(handler) };
}

export function windowFigures(
  { windows, loadMs, timingSeen }: Measured,
  entry: FunctionReading | null,
): Report['windows'] {
  if (loadMs === null) return [];
  return windows.map((window) => ({
    startOffsetMs: window.startMs - loadMs.start,
    lengthMs: window.lengthMs,
    offered: window.started + window.dropped,
    sent: window.started,
    dropped: window.dropped,
    outcomes: window.outcomes,
    success: window.success,
    vus: window.vus,
    ...(window.inFlight === null ? {} : { inFlight: window.inFlight }),
    // Without the handler's headers cold starts are invisible, so a count of 0 would be wrong.
    ...(timingSeen && window.cold !== null ? { coldStarts: window.cold } : {}),
    ...memoryOf(entry, window),
    ...platformOf(entry, window),
  }));
}

function memoryOf(
  entry: FunctionReading | null,
  { startMs, lengthMs, environmentMemoryMb }: Measured['windows'][number],
): Pick<Report['windows'][number], 'environmentMemoryMb'> {
  const usedMb = environmentMemoryMb ?? windowMemoryMb(entry?.memory ?? [], startMs, lengthMs);
  return usedMb === null ? {} : { environmentMemoryMb: usedMb };
}

function platformOf(
  entry: FunctionReading | null,
  { startMs, lengthMs }: Measured['windows'][number],
): Pick<Report['windows'][number], 'platform'> {
  const platform = windowPlatform(entry?.gauges ?? [], startMs, lengthMs);
  return platform === undefined ? {} : { platform };
}
