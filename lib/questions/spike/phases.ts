import { durationSeconds } from '../../core/load/stages.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { SentWindow } from './sent-windows.ts';

/** A part of the load: its steps, and its span of time. */
export interface Phase {
  readonly steps: readonly string[];
  /** After the start of the load. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The phase that consists of the consecutive stages of these names; without steps if there are none. */
export function phaseOf({ load }: Report, steps: readonly string[]): Phase {
  const first = load.stages.findIndex(({ name }) => steps.includes(name));
  const last = load.stages.findLastIndex(({ name }) => steps.includes(name));
  const endOf = (count: number) => durationSeconds(load.stages.slice(0, count)) * 1000;
  return first < 0
    ? { steps: [], fromMs: 0, toMs: 0 }
    : { steps, fromMs: endOf(first), toMs: endOf(last + 1) };
}

/** The windows whose middle lies in the phase. */
export function inPhase(
  windows: readonly SentWindow[],
  { fromMs, toMs }: Pick<Phase, 'fromMs' | 'toMs'>,
): SentWindow[] {
  return windows.filter(({ startMs, lengthMs }) => {
    const middle = startMs + lengthMs / 2;
    return middle >= fromMs && middle < toMs;
  });
}
