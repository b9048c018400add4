import {
  formatCount,
  formatMs,
  formatRatio,
  groupDigits,
} from '../../core/report/format-figure.ts';
import { lossesOf, lossText } from '../../core/report/losses.ts';
import type { Cell, TextTable, Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import { ratioChange } from './ratio-change.ts';
import { roundPlots, roundTable } from './rounds.ts';
import type { AbAnswers } from './schema.ts';

type Ratio = AbAnswers['latencyRatio']['p50'];
type Arm = AbAnswers['arms']['a'];

/** Both arms in words. Whether B is worse is left to `compare`, which knows the noise of other runs. */
export function abText({ arms, latencyRatio }: AbAnswers): AnswerText {
  const { p50, p95 } = latencyRatio;
  const lead =
    p95.ratio === null && p50.ratio === null
      ? ['Not known: no round has stored orders in both arms.']
      : [ratioLine('p95', p95), ratioLine('p50', p50)];
  return {
    question: 'Is B worse than A, now?',
    lines: [
      ...lead,
      'These are only figures; compare gives the verdict. The intervals do not cover a bias that one deployment has in every round.',
    ],
    tile: tileOf(p95),
    tables: [armTable(arms), roundTable(arms)],
    plots: roundPlots(arms),
  };
}

function ratioLine(name: string, { ratio, interval, rounds }: Ratio): string {
  if (ratio === null) return `${name} is not known: no round has it in both arms.`;
  const over = formatCount(rounds, 'round');
  const change = ratioChange(ratio);
  const isSame = !/^[−+]/.test(change);
  const higher = `${change.slice(1)} ${change.startsWith('−') ? 'lower' : 'higher'} than`;
  const rest =
    interval === null
      ? `${over}; an interval takes three`
      : `95% interval ${interval.map(ratioChange).join(' to ')}, ${over}`;
  return isSame
    ? `${name} of B differs from that of A by 0% (${rest}).`
    : `${name} of B is ${higher} that of A (${rest}).`;
}

function tileOf({ ratio, interval }: Ratio): Tile {
  return {
    label: 'p95 of B against A',
    value: ratio === null ? 'not known' : ratioChange(ratio),
    note: interval === null ? '' : `95% interval ${interval.map(ratioChange).join(' to ')}`,
  };
}

function armTable({ a, b }: AbAnswers['arms']): TextTable {
  return {
    caption: 'A and B',
    columns: [
      { head: 'Arm' },
      { head: 'Address', isMinor: true },
      { head: 'Compared orders', isNumber: true },
      { head: 'Settling orders', isNumber: true, isMinor: true },
      { head: 'Success', isNumber: true },
      ...['p50', 'p95', 'p99'].map((head) => ({ head, isNumber: true as const })),
      { head: 'Lost' },
    ],
    rows: [armRow('A', a), armRow('B', b)],
  };
}

function armRow(name: string, { target, latencyMs, compared, settling }: Arm): readonly Cell[] {
  const { p50, p95, p99 } = latencyMs;
  const lost = lossText(lossesOf(compared));
  return [
    `${name}: ${target.label}`,
    target.baseUrl,
    groupDigits(compared.offered),
    groupDigits(settling.offered),
    compared.successRatio === null ? '–' : formatRatio(compared.successRatio),
    ...[p50, p95, p99].map((value) => (value === null ? '–' : formatMs(value))),
    lost === '' ? 'none' : lost,
  ];
}
