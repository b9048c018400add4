import { absentFigure, derivedFigure, measuredFigure } from '../../core/report/figure.ts';
import {
  formatCount,
  formatMs,
  formatRatio,
  groupDigits,
} from '../../core/report/format-figure.ts';
import type { Figure } from '../../core/report/schema/figure-schema.ts';
import type { QueueFacts } from '../../core/report/schema/queue-schema.ts';
import type { ReadFacts } from '../../core/report/schema/reads-schema.ts';

/** What reads by id tell about accepted orders. */
export interface FromReads {
  readonly notStored: Figure;
  readonly lost: Figure;
  /** Why it is uncertain whether every order was stored, one clause each; empty if it is certain. */
  readonly open: readonly string[];
}

/** With this many orders read and none missing, fewer than 5% of all are missing (95%). */
const FEWEST_ASKED = 60;
/** Largest share of found orders without a usable time for which the lag still counts as known. */
const MOST_UNTIMED = 0.05;

const WHYS: Readonly<Record<NonNullable<ReadFacts['missingWhy']>, (reads: ReadFacts) => string>> = {
  noneFound: () =>
    'no read found any order, so nothing shows that reads by id work: check order.readPath, or wait longer with --drain-wait',
  unsteady: ({ controls: { found, missed } }) =>
    missed > 0
      ? `reads do not always find stored orders: ${missed} of ${found + missed} that had been found were not found again`
      : 'nothing showed that reads still worked at the end: the wait was too short for that, or reads failed',
  tooShort: ({ longestMs, neededMs }) =>
    `orders took up to ${formatMs(longestMs)}, so an order counts as lost only after ${formatMs(neededMs)}: use --drain-wait ${Math.ceil((neededMs ?? 0) / 1000) + 5}s`,
  noneAfter: () =>
    'no order that was accepted after them was stored either: the queue may be stuck or behind',
};

export function lagFromReads({ sample, reads }: QueueFacts, accepted: number): FromReads {
  if (sample.accepted === 0) {
    const nothing = absentFigure('orders', 'no accepted order was in the sample');
    const why = 'no acceptance of an order was recorded';
    return { notStored: nothing, lost: nothing, open: accepted > 0 ? [why] : [] };
  }
  const asked = sample.asked ?? sample.accepted;
  const unknown = lagUnknown({ sample, reads });
  const open = [
    ...(reads === undefined ? openOfOld(sample) : openOf(reads, asked, sample.accepted)),
    ...(unknown === null ? [] : [`${unknown}, so neither their storage nor the lag is known`]),
  ];
  const lost = lostFigure(sample, reads?.lost ?? 0, { asked, accepted });
  if (open.length > 0) {
    const notStored = absentFigure('orders', open.join('; '));
    return { notStored, lost: lost ?? absentFigure('orders', open.join('; ')), open };
  }
  const none = isAll(sample)
    ? measuredFigure(0, 'orders', 'every accepted order was read')
    : derivedFigure(
        0,
        'orders',
        `each of ${formatCount(asked, 'sampled order')} that were looked up was found`,
      );
  return { notStored: lost ?? none, lost: lost ?? none, open };
}

/** Why the lag is not known, or null. */
export function lagUnknown({ sample, reads }: Pick<QueueFacts, 'sample' | 'reads'>): string | null {
  if (sample.stored === 0) return null;
  const doubted = reads?.doubted;
  const counts = [
    [sample.withoutStoredAt - (doubted?.noTime ?? 0), 'came without a storedAt'],
    [doubted?.noTime ?? 0, 'came with a storedAt that is not a time (epoch or ISO 8601)'],
    [
      doubted?.beforeAcceptance ?? 0,
      'were stored before they were sent, according to their storedAt',
    ],
    [doubted?.inFuture ?? 0, 'were stored after they were read, according to their storedAt'],
    [doubted?.notThereYet ?? 0, 'were not found by a read after their storedAt'],
  ] as const;
  const untimed = counts.reduce((sum, [count]) => sum + count, 0);
  if (untimed <= MOST_UNTIMED * sample.stored) return null;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${formatCount(count, 'order')} ${text}`)
    .join('; ');
}

/** How the sample was read, one line each. */
export function readNotes({ sample, reads }: QueueFacts): string[] {
  const asked = sample.asked ?? sample.accepted;
  const share = sample.share * (sample.accepted === 0 ? 1 : asked / sample.accepted);
  const all = share === 1 ? 'every order' : `${formatRatio(share)} of the orders`;
  return [
    `Sample: ${all}, ${formatCount(asked, 'order')}, timed from the 202 response and read by id after the load.`,
    ...(asked === sample.stored && asked > 0 && share < 1
      ? [
          `None of them is missing, so fewer than ${formatRatio(Math.min(1, 3 / asked))} of all orders are (95% confidence).`,
        ]
      : []),
    ...(reads !== undefined && reads.notAsked > 0
      ? [
          `${formatCount(reads.notAsked, 'recorded order')} not read, because the wait was too short.`,
        ]
      : []),
    ...(reads !== undefined && reads.answers.length > 0
      ? [`Inconclusive reads: ${answersText(reads)}.`]
      : []),
    ...(reads !== undefined && reads.slowedDown > 0
      ? [
          `Reads were slowed down, because ${groupDigits(reads.slowedDown)} were answered with 429 or 503.`,
        ]
      : []),
    ...(reads !== undefined && reads.stepMs > 1
      ? [`storedAt has a resolution of ${formatMs(reads.stepMs)}: ± ${formatMs(reads.stepMs / 2)}.`]
      : []),
  ];
}

function lostFigure(
  sample: QueueFacts['sample'],
  seen: number,
  { asked, accepted }: { readonly asked: number; readonly accepted: number },
): Figure | null {
  if (seen === 0) return null;
  if (isAll(sample)) {
    return measuredFigure(
      seen,
      'orders',
      'accepted orders that were still missing long after all others had been stored',
    );
  }
  const inSample = sample.lost ?? seen;
  const scaled = Math.round((inSample / Math.max(1, asked)) * accepted);
  const note = `${inSample} of ${asked} sampled orders are lost, scaled up`;
  return derivedFigure(Math.max(seen, scaled), 'orders', note);
}

/** Whether every accepted order was read. */
function isAll({ share, asked, accepted }: QueueFacts['sample']): boolean {
  return share === 1 && (asked ?? accepted) === accepted;
}

function openOf(reads: ReadFacts, asked: number, accepted: number): readonly string[] {
  const open: string[] = [];
  const noted = formatCount(reads.asked, 'order');
  if (reads.missing > 0 && reads.missingWhy !== null) {
    const were = reads.missing === 1 ? 'was' : 'were';
    open.push(
      `${reads.missing} of ${noted} ${were} not found by the last read, and ${WHYS[reads.missingWhy](reads)}`,
    );
  }
  if (reads.unreadable > 0) {
    open.push(
      `${reads.unreadable} of ${noted} could not be read (${answersText(reads)}): check order.readPath, and that the credentials allow reading`,
    );
  }
  if (open.length === 0 && asked < Math.min(FEWEST_ASKED, accepted)) {
    const few = asked === 0 ? 'none' : `only ${asked}`;
    open.push(
      `${few} of ${formatCount(accepted, 'sampled order')} could be read within the wait: use a longer --drain-wait`,
    );
  }
  return open;
}

/** For older reports, which do not tell which orders were read for. */
function openOfOld({ accepted, stored }: QueueFacts['sample']): readonly string[] {
  if (stored === accepted) return [];
  return [
    `${accepted - stored} of ${formatCount(accepted, 'order')} were not read, and this older report does not tell whether that was tried`,
  ];
}

function answersText({ answers }: ReadFacts): string {
  return answers.map(({ answer, count }) => `${answer} × ${count}`).join(', ');
}
