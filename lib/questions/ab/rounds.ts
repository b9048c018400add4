import { formatMs } from '../../core/report/format-figure.ts';
import type { LinePlot } from '../../core/text/line-plot.ts';
import type { TextTable } from '../../core/text/statement.ts';
import { ratioChange } from './ratio-change.ts';
import type { AbAnswers } from './schema.ts';

type Arms = AbAnswers['arms'];

interface Round {
  readonly round: number;
  readonly first: string;
  readonly a: Latency | null;
  readonly b: Latency | null;
}

interface Latency {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Latency of both arms in each round, and how much higher p95 of B is. */
export function roundTable(arms: Arms): TextTable {
  const text = (value: number | null | undefined) => (value == null ? '–' : formatMs(value));
  return {
    caption: 'Rounds',
    columns: [
      { head: 'Round' },
      { head: 'First' },
      ...['p50 of A', 'p50 of B', 'p95 of A', 'p95 of B', 'Change of p95'].map((head) => ({
        head,
        isNumber: true as const,
      })),
    ],
    rows: roundsOf(arms).map(({ round, first, a, b }) => [
      `${round}`,
      first,
      text(a?.p50),
      text(b?.p50),
      text(a?.p95),
      text(b?.p95),
      a?.p95 && b?.p95 ? ratioChange(b.p95 / a.p95) : '–',
    ]),
  };
}

/** p95 of both arms over the rounds; none for fewer than two. */
export function roundPlots(arms: Arms): readonly LinePlot[] {
  const rounds = roundsOf(arms);
  if (rounds.length < 2) return [];
  const points = (arm: 'a' | 'b') =>
    rounds.flatMap(({ round, [arm]: latency }) =>
      latency?.p95 == null ? [] : [[round, latency.p95] as const],
    );
  return [
    {
      id: 'round-p95',
      title: 'p95 of A and B by round',
      note: 'A and B ran one after the other within each round.',
      summary: `p95 latency of A and B in ${rounds.length} rounds.`,
      x: { label: 'Round', unit: 'count' },
      y: { label: 'p95', unit: 'ms', isLog: true },
      lines: [
        { name: 'A', color: 'p50', look: 'points', points: points('a') },
        { name: 'B', color: 'p95', look: 'points', points: points('b') },
      ],
      levels: [],
    },
  ];
}

function roundsOf({ a, b }: Arms): readonly Round[] {
  const numbers = [...a.blocks, ...b.blocks].map(({ round }) => round);
  return [...new Set(numbers)]
    .sort((one, other) => one - other)
    .map((round) => {
      const [ofA = null, ofB = null] = [a, b].map(
        ({ blocks }) => blocks.find((block) => block.round === round) ?? null,
      );
      return {
        round,
        first: (ofA ?? ofB)?.order.charAt(0) ?? '–',
        a: ofA?.latencyMs ?? null,
        b: ofB?.latencyMs ?? null,
      };
    });
}
