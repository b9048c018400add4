import { LOSS_WORDS, type Loss } from '../order/loss-words.ts';
import { formatRatio, groupDigits } from './format-figure.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/** A way in which orders were lost, and how many. */
export interface Losses {
  readonly loss: Loss;
  readonly orders: number;
}

interface LostOrders {
  readonly outcomes: OutcomeCounts;
  readonly unresolved: number;
  readonly dropped: number;
}

/** A share of this size and more is told in whole percent. */
const COARSE_RATIO = 0.1;

/** The ways in which orders were lost, most frequent first. */
export function lossesOf({ outcomes, unresolved, dropped }: LostOrders): readonly Losses[] {
  const { created: _created, duplicate: _duplicate, ...failed } = outcomes;
  return (Object.entries({ ...failed, unresolved, dropped }) as [Loss, number][])
    .map(([loss, orders]) => ({ loss, orders }))
    .filter(({ orders }) => orders > 0)
    .sort((a, b) => b.orders - a.orders);
}

/** "31 throttled, 3 dropped"; empty if none was lost. */
export function lossText(losses: readonly Losses[]): string {
  return losses.map(({ loss, orders }) => `${groupDigits(orders)} ${LOSS_WORDS[loss]}`).join(', ');
}

/** The most frequent loss as a share, the others as counts: "23% throttled (35 of 150 orders), 1 dropped". */
export function lossShareText([first, ...others]: readonly Losses[], offered: number): string {
  if (first === undefined) return 'nothing lost';
  const ratio = first.orders / offered;
  const share = ratio < COARSE_RATIO ? formatRatio(ratio) : `${Math.round(ratio * 100)}%`;
  const most = `${share} ${LOSS_WORDS[first.loss]} (${groupDigits(first.orders)} of ${groupDigits(offered)} orders)`;
  return others.length === 0 ? most : `${most}, ${lossText(others)}`;
}
