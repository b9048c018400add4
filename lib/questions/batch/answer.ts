import { absentFigure, measuredFigure } from '../../core/report/figure.ts';
import { formatCount, formatMs } from '../../core/report/format-figure.ts';
import { servedOf } from '../../core/report/outcome-counts.ts';
import type { Figure } from '../../core/report/schema/figure-schema.ts';
import type { QueueFacts } from '../../core/report/schema/queue-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import { lagFromReads, lagUnknown, readNotes } from './lag-from-reads.ts';
import type { LagAnswer } from './schema.ts';

const NO_LENS = 'only the platform knows: no lens saw the queue';

/**
 * Does the queue path keep up? From acceptance to the order in the table. A scenario of the user's own that
 * is named batch sends orders wherever it likes, and nobody looked at a queue.
 */
export function answerBatch(report: Report): Found<LagAnswer> {
  const { queue, run } = report;
  if (queue === undefined) {
    if (run.ownScenario === true) return { answer: undefined, findings: [] };
    return {
      answer: undefined,
      findings: [
        { verdict: 'invalid', reason: 'The lag is not determined: nothing was seen of the queue.' },
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

/** Null where it is open, or the wait was cut short: what is not stored yet says nothing then, unless it is lost. */
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

/** By what the platform counted; null where it did not. */
function missingByPlatform({ platform }: QueueFacts): Missing | null {
  const sent = platform?.sent.value ?? null;
  const stored = platform?.stored.value ?? null;
  const waiting = platform?.waiting.value ?? null;
  // A table that gained more than was sent has other writers too: it says nothing of these orders.
  if (sent === null || stored === null || stored > sent) return null;
  const notStored = sent - stored;
  return {
    notStored: measuredFigure(notStored, 'orders', 'messages sent − orders that the table gained'),
    lost:
      waiting === null
        ? absentFigure('orders', 'the queue did not say what is left in it')
        : measuredFigure(
            Math.max(0, notStored - waiting),
            'orders',
            'not stored − messages left in the queue; those of the dead-letter queue are in it',
          ),
  };
}

function drainOf({ wait }: QueueFacts, notStored: number | null): Figure {
  if (notStored !== 0) {
    return absentFigure(
      'ms',
      `not every order is known to be stored after ${formatMs(wait.waitedMs)}`,
    );
  }
  if (wait.lastStoredMs === null) {
    return absentFigure('ms', 'not each of the last orders told when it was stored');
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
      ? ['lag over all orders, from the queue’s own time of sending to storedAt, by one clock']
      : []),
    ...readNotes(queue),
    ...(unknown === null ? [] : [unknown]),
    clock.offsetMs === null || clock.uncertaintyMs === null
      ? `clocks: ${clock.note}`
      : `clocks: ${clock.note}; the target’s is ${offsetText(clock.offsetMs)}, ± ${formatMs(clock.uncertaintyMs)}`,
  ];
}

function offsetText(offsetMs: number): string {
  if (offsetMs === 0) return 'the same';
  return `${formatMs(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'}, which is taken off`;
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
        reason: `Whether every accepted order was stored is open: ${open.join('; ')}.`,
      },
    ];
  }
  return lagFindings(lag, queue);
}

function lostFinding({ lost, notStored }: LagAnswer, { reads }: QueueFacts): Finding {
  const scaled = lost.source === 'derived' ? ` (${lost.note})` : '';
  const rest = notStored.value === null ? ` Of others it is open: ${notStored.note}.` : '';
  return {
    verdict: 'fail',
    reason: `${formatCount(lost.value ?? 0, 'accepted order')} ${lost.value === 1 ? 'is' : 'are'} lost${scaled}: not there ${formatMs(reads?.neededMs ?? null)} and longer after acceptance, while the others took ${formatMs(reads?.longestMs ?? null)} at most.${rest}`,
  };
}

function platformFindings(lag: LagAnswer, { wait, platform }: QueueFacts): Finding[] {
  const lost = lag.lost.value ?? 0;
  const dead = platform?.deadLetters.value ?? 0;
  if (lost > 0) {
    const where = dead > 0 ? `, ${dead} of them in the dead-letter queue` : '';
    return [
      {
        verdict: 'fail',
        reason: `${formatCount(lost, 'accepted order')} will never be stored${where}: they are not in the table and not in the queue.`,
      },
    ];
  }
  if (lag.keepsUp !== false) return [];
  const notStored = lag.notStored.value ?? 0;
  return [
    {
      verdict: 'fail',
      reason: `The queue had not drained ${formatMs(wait.waitedMs)} after the load: ${formatCount(notStored, 'accepted order')} still waited to be stored. They are not known to be lost; wait longer with --drain-wait.`,
    },
  ];
}

function lagFindings(lag: LagAnswer, queue: QueueFacts): Finding[] {
  if (lag.source !== 'absent' || lag.accepted === 0) return [];
  const why = lagUnknown(queue) ?? lag.notes.join('; ');
  return [{ verdict: 'invalid', reason: `The lag is not determined: ${why}.` }];
}
