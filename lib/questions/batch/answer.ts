import { absentFigure, measuredFigure } from '../../core/report/figure.ts';
import { formatCount, formatMs, groupDigits } from '../../core/report/format-figure.ts';
import { servedOf } from '../../core/report/outcome-counts.ts';
import type { Figure } from '../../core/report/schema/figure-schema.ts';
import type { QueueFacts } from '../../core/report/schema/queue-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import { lagFromReads, lagUnknown, readNotes } from './lag-from-reads.ts';
import type { LagAnswer } from './schema.ts';
import { uncertainText } from './text.ts';

const NO_LENS = 'because only the platform knows, and no lens read its queue';

/**
 * Does the queue path keep up? Lag from acceptance to the order in the table. A user's own scenario named batch has no
 * such answer, because no queue was observed for it.
 */
export function answerBatch(report: Report): Found<LagAnswer> {
  const { queue, run } = report;
  if (queue === undefined) {
    if (run.ownScenario === true) return { answer: undefined, findings: [] };
    return {
      answer: undefined,
      findings: [
        { verdict: 'invalid', reason: 'The lag is not known: the queue was not observed.' },
      ],
    };
  }
  const lag = lagAnswer(queue, report);
  return { answer: lag, findings: findingsOf(lag, queue) };
}

type Missing = Pick<LagAnswer, 'notStored' | 'lost'>;

function lagAnswer(queue: QueueFacts, { requests }: Report): LagAnswer {
  const { sample, platform } = queue;
  const accepted = servedOf(requests.outcomes);
  const isTimed = sample.lagMs.count > 0 && sample.stored > 0 && lagUnknown(queue) === null;
  const sampleLagMs = isTimed ? sample.lagMs : null;
  const lagMs = platform?.lagMs ?? sampleLagMs;
  const { notStored, lost } = missingByPlatform(queue) ?? lagFromReads(queue, accepted);
  const absent = (unit: string) => absentFigure(unit, NO_LENS);
  return {
    keepsUp: keepsUp(queue, notStored.value, lost.value),
    source: lagMs === null ? 'absent' : platform?.lagMs ? 'platform' : 'sample',
    lagMs,
    sampleLagMs,
    ratePerSecond:
      requests.rps === null || requests.total === 0
        ? null
        : (requests.rps * accepted) / requests.total,
    accepted,
    notStored,
    lost,
    drainMs: drainOf(queue, notStored.value),
    batchFill: platform?.batchFill ?? absent('ratio'),
    redelivered: platform?.redelivered ?? absent('deliveries'),
    deadLetters: platform?.deadLetters ?? absent('messages'),
    notes: notesOf(queue),
  };
}

/** Null if it is uncertain, or if the wait was cut short: then orders that are not stored yet prove nothing, unless they are lost. */
function keepsUp(
  { wait }: QueueFacts,
  notStored: number | null,
  lost: number | null,
): boolean | null {
  if (lost !== null && lost > 0) return false;
  if (notStored === 0) return true;
  if (notStored === null) return null;
  return wait.waitedMs < wait.limitMs ? null : false;
}

/** From the platform's counts; null without them. */
function missingByPlatform({ platform }: QueueFacts): Missing | null {
  const sent = platform?.sent.value ?? null;
  const stored = platform?.stored.value ?? null;
  const waiting = platform?.waiting.value ?? null;
  // A table that gained more than was sent has other writers too, so it tells nothing about these orders.
  if (sent === null || stored === null || stored > sent) return null;
  const notStored = sent - stored;
  return {
    notStored: measuredFigure(notStored, 'orders', 'messages sent − orders that the table gained'),
    lost:
      waiting === null
        ? absentFigure('orders', 'the queue did not tell how many messages are left')
        : measuredFigure(
            Math.max(0, notStored - waiting),
            'orders',
            'not stored − messages left in the queue; includes those in the dead-letter queue',
          ),
  };
}

function drainOf({ wait }: QueueFacts, notStored: number | null): Figure {
  if (notStored !== 0) {
    return absentFigure(
      'ms',
      `because not every order was known to be stored ${formatMs(wait.waitedMs)} after the load`,
    );
  }
  if (wait.lastStoredMs === null) {
    return absentFigure('ms', 'because not every one of the last orders told when it was stored');
  }
  return measuredFigure(
    Math.max(0, wait.lastStoredMs),
    'ms',
    'from the last acceptance to the last storedAt, of the sample and of the last second’s orders',
  );
}

function notesOf(queue: QueueFacts): string[] {
  const { clock, platform } = queue;
  const unknown = lagUnknown(queue);
  return [
    ...(platform?.lagMs
      ? [
          'The lag of all orders runs from the queue’s own send time to storedAt, by a single clock.',
        ]
      : []),
    ...readNotes(queue),
    ...(unknown === null ? [] : [`${unknown}.`]),
    clock.offsetMs === null || clock.uncertaintyMs === null
      ? `Clocks: ${clock.note}.`
      : `Clocks: ${clock.note}; the target’s clock is ${offsetText(clock.offsetMs)}, ± ${formatMs(clock.uncertaintyMs)}.`,
  ];
}

function offsetText(offsetMs: number): string {
  if (offsetMs === 0) return 'in sync';
  return `${formatMs(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'} (corrected)`;
}

function findingsOf(lag: LagAnswer, queue: QueueFacts): Finding[] {
  if (missingByPlatform(queue) !== null) {
    const found = platformFindings(lag, queue);
    return found.length > 0 ? found : lagFindings(lag, queue);
  }
  if (lag.lost.value !== null && lag.lost.value > 0) return [lostFinding(lag, queue)];
  const { open } = lagFromReads(queue, lag.accepted);
  if (open.length > 0) {
    return [
      {
        verdict: 'invalid',
        reason: uncertainText(open.join('; ')),
      },
    ];
  }
  return lagFindings(lag, queue);
}

function lostFinding({ lost, notStored }: LagAnswer, { reads }: QueueFacts): Finding {
  const scaled = lost.source === 'derived' ? ` (${lost.note})` : '';
  const rest = notStored.value === null ? ` Other orders are uncertain: ${notStored.note}.` : '';
  return {
    verdict: 'fail',
    reason: `${formatCount(lost.value ?? 0, 'accepted order')} ${lost.value === 1 ? 'is' : 'are'} lost${scaled}: still missing at least ${formatMs(reads?.neededMs ?? null)} after acceptance, while the others took at most ${formatMs(reads?.longestMs ?? null)}.${rest}`,
  };
}

function platformFindings(lag: LagAnswer, { wait, platform }: QueueFacts): Finding[] {
  const lost = lag.lost.value ?? 0;
  const dead = platform?.deadLetters.value ?? 0;
  if (lost > 0) {
    const where = dead > 0 ? `, ${groupDigits(dead)} of them in the dead-letter queue` : '';
    return [
      {
        verdict: 'fail',
        reason: `${formatCount(lost, 'accepted order')} will never be stored${where}: they are neither in the table nor in the queue.`,
      },
    ];
  }
  if (lag.keepsUp !== false) return [];
  const notStored = lag.notStored.value ?? 0;
  return [
    {
      verdict: 'fail',
      reason: `The queue had not drained ${formatMs(wait.waitedMs)} after the load: ${formatCount(notStored, 'accepted order')} had not been stored yet. They need not be lost.`,
    },
  ];
}

function lagFindings(lag: LagAnswer, queue: QueueFacts): Finding[] {
  if (lag.source !== 'absent' || lag.accepted === 0) return [];
  const why = lagUnknown(queue);
  const reason = why === null ? 'The lag is not known.' : `The lag is not known: ${why}.`;
  return [{ verdict: 'invalid', reason }];
}
