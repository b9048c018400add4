import { absentFigure, derivedFigure, measuredFigure } from '../report/figure.ts';
import { formatCount, formatMs, formatRatio } from '../report/format-figure.ts';
import type { Figure } from '../report/schema/figure-schema.ts';
import type { LagAnswer } from '../report/schema/lag-schema.ts';
import type { QueueFacts } from '../report/schema/queue-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import type { Answered, Finding } from './answered.ts';

const NO_LENS = 'only the platform knows: no lens saw the queue';

/**
 * Does the queue path keep up? From acceptance to the order in the table. A scenario of the user's own that
 * is named batch sends orders wherever it likes, and nobody looked at a queue.
 */
export function answerLag(report: Report): Answered {
  const { queue, run } = report;
  if (queue === undefined) {
    if (run.ownScenario === true) return { answers: report.answers, findings: [] };
    return {
      answers: report.answers,
      findings: [
        { verdict: 'invalid', reason: 'The lag is not determined: nothing was seen of the queue.' },
      ],
    };
  }
  const lag = lagAnswer(queue, report);
  return { answers: { ...report.answers, lag }, findings: findingsOf(lag, queue) };
}

function lagAnswer(queue: QueueFacts, { requests }: Report): LagAnswer {
  const { sample, platform } = queue;
  const accepted = requests.outcomes.created + requests.outcomes.duplicate;
  const sampleLagMs = sample.lagMs.count > 0 ? sample.lagMs : null;
  const lagMs = platform?.lagMs ?? sampleLagMs;
  const { notStored, lost } = missingOf(queue, accepted);
  const absent = (unit: string) => absentFigure(unit, NO_LENS);
  return {
    keepsUp: notStored.value === null ? null : keepsUp(queue, notStored.value, lost.value),
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

/** Null where the wait was cut short: what is not stored yet says nothing then, unless it is lost. */
function keepsUp({ wait }: QueueFacts, notStored: number, lost: number | null): boolean | null {
  if (notStored === 0) return true;
  if (lost !== null && lost > 0) return false;
  return wait.waitedMs < wait.limitMs ? null : false;
}

function missingOf(
  { sample, platform, wait }: QueueFacts,
  accepted: number,
): { readonly notStored: Figure; readonly lost: Figure } {
  const sent = platform?.sent.value ?? null;
  const stored = platform?.stored.value ?? null;
  const waiting = platform?.waiting.value ?? null;
  if (sent !== null && stored !== null) {
    const notStored = Math.max(0, sent - stored);
    return {
      notStored: measuredFigure(
        notStored,
        'orders',
        'messages sent − orders that the table gained',
      ),
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
  if (sample.accepted === 0) {
    const nothing = absentFigure('orders', 'no accepted order was in the sample');
    return { notStored: nothing, lost: nothing };
  }
  const missing = sample.accepted - sample.stored;
  const all = sample.share === 1;
  const value = all ? missing : Math.round((missing / sample.accepted) * accepted);
  const note = all
    ? 'accepted orders that could not be read'
    : `${missing} of ${sample.accepted} sampled orders could not be read, scaled up`;
  const notStored = (all ? measuredFigure : derivedFigure)(
    missing > 0 ? Math.max(1, value) : 0,
    'orders',
    note,
  );
  const settled = missing === 0 || (wait.waitedMs >= wait.limitMs && !wait.recentlyStored);
  return {
    notStored,
    lost: settled
      ? derivedFigure(
          notStored.value ?? 0,
          'orders',
          'not stored, and none was stored in the last 10 s of the wait',
        )
      : absentFigure('orders', 'orders were still being stored when the wait ended'),
  };
}

function drainOf({ wait }: QueueFacts, notStored: number | null): Figure {
  if (notStored !== 0) {
    return absentFigure('ms', `not every order was stored after ${formatMs(wait.waitedMs)}`);
  }
  if (wait.lastStoredMs === null) return absentFigure('ms', 'no order told when it was stored');
  return measuredFigure(
    Math.max(0, wait.lastStoredMs),
    'ms',
    'from the last acceptance to the last storedAt, of the sample and of the last second’s orders',
  );
}

function notesOf({ sample, clock, platform }: QueueFacts): string[] {
  const share = sample.share === 1 ? 'every order' : `${formatRatio(sample.share)} of the orders`;
  const missing = sample.accepted - sample.stored;
  return [
    ...(platform?.lagMs
      ? ['lag over all orders, from the queue’s own time of sending to storedAt, by one clock']
      : []),
    `sample: ${share}, ${formatCount(sample.accepted, 'order')}, timed from the answer 202 and read by id after the load`,
    ...(missing === 0 && sample.accepted > 0 && sample.share < 1
      ? [
          `with none of them missing, fewer than ${formatRatio(3 / sample.accepted)} of all are (95 %)`,
        ]
      : []),
    ...(sample.withoutStoredAt > 0
      ? [`${formatCount(sample.withoutStoredAt, 'order')} came without a storedAt`]
      : []),
    ...(sample.readErrors > 0 ? [`${formatCount(sample.readErrors, 'read')} failed`] : []),
    clock.uncertaintyMs === null || clock.uncertaintyMs > 0
      ? `clocks: ${clock.note}${clock.uncertaintyMs === null ? '' : `, ± ${formatMs(clock.uncertaintyMs)}`}`
      : 'clocks: one for both sides',
  ];
}

function findingsOf(lag: LagAnswer, { wait, platform }: QueueFacts): Finding[] {
  const lost = lag.lost.value ?? 0;
  const dead = platform?.deadLetters.value ?? 0;
  const notStored = lag.notStored.value ?? 0;
  if (lost > 0) {
    const where = dead > 0 ? `, ${dead} of them in the dead-letter queue` : '';
    return [
      {
        verdict: 'fail',
        reason: `${formatCount(lost, 'accepted order')} will never be stored${where}: they are not in the table and not in the queue.`,
      },
    ];
  }
  if (lag.keepsUp === false) {
    return [
      {
        verdict: 'fail',
        reason: `The queue had not drained ${formatMs(wait.waitedMs)} after the load: ${formatCount(notStored, 'accepted order')} still waited to be stored. They are not known to be lost; wait longer with --drain-wait.`,
      },
    ];
  }
  if (lag.source === 'absent' && lag.accepted > 0) {
    return [
      {
        verdict: 'invalid',
        reason: `The lag is not determined: ${lag.notes.join('; ')}.`,
      },
    ];
  }
  return [];
}
