import {
  formatCount,
  formatMs,
  formatRatio,
  groupDigits,
} from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { AbAnswers } from './schema.ts';

/** Both arms in words. Whether B is worse is left to `compare`, which knows the noise of other runs. */
export function abText({ arms, latencyRatio }: AbAnswers): AnswerText {
  return {
    question: 'Is B worse than A, now?',
    lines: [
      ratioText('p50', latencyRatio.p50),
      ratioText('p95', latencyRatio.p95),
      armText('A', arms.a),
      armText('B', arms.b),
      'These are only figures; compare gives the verdict. The intervals do not cover a bias that one deployment has in every round.',
    ],
  };
}

function ratioText(
  name: string,
  { ratio, interval, rounds }: AbAnswers['latencyRatio']['p50'],
): string {
  if (ratio === null)
    return `${name}: not determined, because no round has stored orders in both arms`;
  const over = `over ${formatCount(rounds, 'round')}`;
  const between =
    interval === null
      ? `no interval ${over}: that takes at least 3`
      : `95% interval ${change(interval[0])} to ${change(interval[1])}, ${over}`;
  return `${name} of B compared with A: ${change(ratio)} (${between})`;
}

function armText(name: string, { target, latencyMs, compared, settling }: AbAnswers['arms']['a']) {
  const success = compared.successRatio;
  const figures = [
    success === null ? 'nothing offered' : `success ${formatRatio(success)}`,
    `p50 ${formatMs(latencyMs.p50)}`,
    `p95 ${formatMs(latencyMs.p95)}`,
    `${groupDigits(compared.sent)} orders compared, ${groupDigits(settling.sent)} more while settling`,
    ...(compared.dropped > 0 ? [`${groupDigits(compared.dropped)} not sent`] : []),
  ];
  return `${name} ${target.label} ${target.baseUrl}: ${figures.join(', ')}`;
}

/** `+4.2%` for 1.042. */
function change(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)}%`;
}
