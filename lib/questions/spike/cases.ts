import type { Slo } from '../../core/load/load-plan.ts';
import { formatMs, formatRatio } from '../../core/report/format-figure.ts';
import type { AnswerCase } from '../question.ts';
import type { Burst } from './schema.ts';

/** The burst and the recovery from it. As in the answer, success and p95 fail only if the interval leaves no doubt. */
export function spikeCases({ success, p95, recovery }: Burst, slo: Slo): readonly AnswerCase[] {
  const notMeasured = {
    state: 'open',
    text: 'not determined: there are no orders to measure it',
  } as const;
  const level = (name: string, result: Pick<AnswerCase, 'state' | 'text'> | null): AnswerCase => ({
    name,
    ...(result ?? notMeasured),
  });
  return [
    level(
      'success inside the burst',
      success && {
        state: success.interval[1] < slo.successRatio ? 'broken' : 'ok',
        text: `${formatRatio(success.ratio)} (95% interval ${success.interval.map(formatRatio).join(' to ')}), required: at least ${formatRatio(slo.successRatio)}`,
      },
    ),
    level(
      'p95 inside the burst',
      p95 && {
        state: p95.lowMs > slo.p95Ms ? 'broken' : 'ok',
        text: `${formatMs(p95.valueMs)} (95% interval from ${formatMs(p95.lowMs)}), required: at most ${formatMs(slo.p95Ms)}`,
      },
    ),
    recoveryCase(recovery),
  ];
}

function recoveryCase({ status, why }: Burst['recovery']): AnswerCase {
  const result = status === 'notRecovered' ? 'broken' : 'ok';
  const state = status === 'notDetermined' ? 'open' : result;
  return { name: 'recovery', state, text: why };
}
