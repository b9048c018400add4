import type { Slo } from '../../core/load/load-plan.ts';
import {
  formatMs,
  formatMsAgainst,
  formatRatio,
  formatRatioAgainst,
} from '../../core/report/format-figure.ts';
import { formatMsLimit, formatRatioLimit } from '../../core/text/format-limit.ts';
import type { AnswerCase } from '../question.ts';
import type { Burst } from './schema.ts';

/** The burst and the recovery from it. As in the answer, success and p95 fail only if the interval leaves no doubt. */
export function spikeCases({ success, p95, recovery }: Burst, slo: Slo): readonly AnswerCase[] {
  const notMeasured = {
    state: 'open',
    text: 'not known: there are no orders to measure it',
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
        text: `${formatRatio(success.ratio)} (95% interval ${success.interval.map((end) => formatRatioAgainst(end, slo.successRatio)).join(' to ')}), required: at least ${formatRatioLimit(slo.successRatio)}`,
      },
    ),
    level(
      'p95 inside the burst',
      p95 && {
        state: p95.lowMs > slo.p95Ms ? 'broken' : 'ok',
        text: `${formatMs(p95.valueMs)} (95% interval from ${formatMsAgainst(p95.lowMs, slo.p95Ms)}), required: at most ${formatMsLimit(slo.p95Ms)}`,
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
