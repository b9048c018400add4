import { listText } from '../../core/text/list-text.ts';
import { knownSlope, lengthText, measureName, neededText, sizeText } from './measure-words.ts';
import type { Drift, DriftMeasure } from './schema.ts';

/** Whether the target degraded, in one sentence. */
export function driftSentence(drift: Omit<Drift, 'why'>): string {
  const { status, measures } = drift;
  if (status === 'flat') return flatSentence(measures);
  const drifting = measures.filter((one) => one.status === 'drifting');
  const known = drifting.filter((one) => knownSlope(one) !== null);
  if (known.length > 0) return `${listText(known.map(driftOf))}.`;
  if (drifting.length > 0) {
    return `${listText(drifting.map(directionOf))} during the run, but ${shortText(drift, 'to say by how much per hour')}.`;
  }
  const open = measures.filter((one) => one.status === 'notDetermined');
  if (open.some(({ hoursNeeded }) => hoursNeeded !== null)) {
    return `${shortText(drift, 'to see a drift')}.`;
  }
  return open.length > 0
    ? `A sudden change near the end hides whether ${listText(open.map(({ name }) => measureName(name)))} drifted.`
    : 'Whether it drifts is not known: there were no orders to measure.';
}

/** "1 min is too short to see a drift: p50 needs 2 h and p95 69 h". */
function shortText({ hours, measures }: Omit<Drift, 'why'>, what: string): string {
  const needs = measures
    .flatMap(({ name, hoursNeeded }) =>
      hoursNeeded === null ? [] : [[measureName(name), neededText(hoursNeeded)]],
    )
    .map(([name, time], position) => `${name}${position === 0 ? ' needs' : ''} ${time}`);
  return `${lengthText(hours)} is too short ${what}${needs.length === 0 ? '' : `: ${listText(needs)}`}`;
}

function driftOf(measure: DriftMeasure): string {
  const perHour = knownSlope(measure) ?? 0;
  return `${measureName(measure.name)} ${perHour > 0 ? 'rises' : 'falls'} by ${sizeText(measure.name, perHour)} per hour`;
}

function directionOf({ name, perHour }: DriftMeasure): string {
  const verb = perHour === null ? 'changed' : perHour > 0 ? 'rose' : 'fell';
  return `${measureName(name)} ${verb}`;
}

function flatSentence(measures: readonly DriftMeasure[]): string {
  const levels = measures.filter(({ name, status }) => name !== 'success' && status === 'flat');
  const success = measures.find(({ name, status }) => name === 'success' && status === 'flat');
  const parts = [
    ...(levels[0] === undefined
      ? []
      : [
          `${listText(levels.map(({ name }) => measureName(name)))} within ±${sizeText('p50', levels[0].tolerance)} per hour`,
        ]),
    ...(success === undefined ? [] : [`success within ±${sizeText('success', success.tolerance)}`]),
  ];
  return `No drift: ${listText(parts)}.`;
}
