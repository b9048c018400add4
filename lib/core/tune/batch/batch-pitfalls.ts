import { formatCount, formatMs, groupDigits } from '../../report/format-figure.ts';
import { cellName } from '../cell-name.ts';
import type { BatchCellResult, BatchFigures, BatchResult } from '../schema/batch-schema.ts';

export type BatchPitfall = BatchResult['pitfalls'][number];

/** The pitfalls of batching that were measured, each with what it costs here. */
export function batchPitfalls(
  cells: readonly BatchCellResult[],
  quietRatePerSecond: number | null,
): readonly BatchPitfall[] {
  const all = [poison(cells), quiet(cells, quietRatePerSecond), writes(cells)];
  return all.filter((pitfall) => pitfall !== null);
}

interface Poisoned {
  readonly cell: BatchCellResult;
  readonly clean: BatchFigures;
  readonly figures: BatchFigures;
  /** Repeated deliveries that the message caused; null if they were not counted. */
  readonly again: number | null;
}

function poison(cells: readonly BatchCellResult[]): BatchPitfall | null {
  const poisoned = cells.flatMap((cell): Poisoned[] => {
    const { load: clean, poison: figures } = cell;
    if (clean === null || figures === null || figures.rounds === 0) return [];
    return [{ cell, clean, figures, again: moreOf('redelivered', figures, clean) }];
  });
  if (poisoned.length === 0) return null;
  const effects = poisoned.map(poisonEffect).join(' ');
  return { name: 'A message that never succeeds', sentence: `${effects}${conclusion(poisoned)}` };
}

function poisonEffect({ cell, clean, figures, again }: Poisoned): string {
  const dead = moreOf('deadLetters', figures, clean);
  const parts = [
    ...(again === null ? [] : [`delivered again ${again === 1 ? 'once' : `${again} times`}`]),
    ...(dead === null
      ? []
      : [dead === 0 ? 'no dead letter yet' : formatCount(dead, 'dead letter')]),
    `p99 of the lag ${msOf(figures, 'p99')} instead of ${msOf(clean, 'p99')}`,
    ...(figures.invocationsPerThousand === null || clean.invocationsPerThousand === null
      ? []
      : [
          `${groupDigits(Math.round(figures.invocationsPerThousand.value))} invocations for 1,000 orders instead of ${groupDigits(Math.round(clean.invocationsPerThousand.value))}`,
        ]),
  ];
  return `At ${cellName(cell)}: ${parts.join(', ')}.`;
}

/**
 * Whether the rest of the batch comes back with the message. Where batches hold a single message, only the message
 * itself can; if larger batches cause at least half a batch more, the batch came back.
 */
function conclusion(poisoned: readonly Poisoned[]): string {
  const alone = poisoned.find((one) => messagesPerBatch(one) < 1.5)?.again ?? null;
  const batches = poisoned.filter((one) => messagesPerBatch(one) >= 2);
  const tookAlong = batches.filter(
    (one) =>
      (moreOf('deadLetters', one.figures, one.clean) ?? 0) > 1 ||
      (alone !== null &&
        one.again !== null &&
        one.again - alone >= (messagesPerBatch(one) - 1) / 2),
  );
  if (tookAlong.length > 0) {
    return ' The rest of its batch comes back with it: let the writer report the failed messages alone (batchItemFailures).';
  }
  const isKnown =
    alone !== null && batches.length > 0 && batches.every((one) => one.again !== null);
  return isKnown ? ' Only the message itself comes back, at every batch size.' : '';
}

function messagesPerBatch({ cell, clean }: Poisoned): number {
  return (clean.batchFill ?? 0) * cell.batchSize;
}

/** How many more a poisoned round has than a clean one; null if they were not counted. */
function moreOf(
  name: 'redelivered' | 'deadLetters',
  figures: BatchFigures,
  clean: BatchFigures,
): number | null {
  const [count, cleanCount] = [figures[name], clean[name]];
  if (count === null || cleanCount === null) return null;
  const each = cleanCount / Math.max(1, clean.rounds);
  return Math.max(0, Math.round(count / figures.rounds - each));
}

function quiet(
  cells: readonly BatchCellResult[],
  ratePerSecond: number | null,
): BatchPitfall | null {
  const quietCells = cells
    .filter(({ quiet: figures }) => figures !== null && figures.lagMs.p50 !== null)
    .toSorted((a, b) => a.windowSeconds - b.windowSeconds);
  if (quietCells.length === 0 || ratePerSecond === null) return null;
  const waits = quietCells.map(
    (cell) =>
      `${msOf(cell.quiet, 'p50')} (median), at most ${msOf(cell.quiet, 'p99')}, at ${cellName(cell)}`,
  );
  const isLong = quietCells.some(
    ({ windowSeconds, quiet: figures }) =>
      windowSeconds > 0 && (figures?.lagMs.p99?.value ?? 0) > (windowSeconds + 1) * 1000,
  );
  const why = isLong
    ? ' That is longer than the window, because a poller waits up to 20 s for more messages.'
    : '';
  const every = Number((1 / ratePerSecond).toPrecision(2));
  return {
    name: 'A quiet queue',
    sentence: `With an order every ${every} s, an order waits ${waits.join('; ')}.${why}`,
  };
}

function writes(cells: readonly BatchCellResult[]): BatchPitfall | null {
  const known = cells
    .flatMap((cell) => {
      const calls = cell.load?.writeCallsPerThousand?.value;
      const units = cell.load?.writeUnitsPerOrder ?? null;
      return calls === undefined || units === null ? [] : [{ cell, calls, units }];
    })
    .toSorted((a, b) => b.calls - a.calls);
  const [most, least] = [known[0], known.at(-1)];
  if (most === undefined || least === undefined || most === least) return null;
  const units = known.map((one) => Number(one.units.toPrecision(3)));
  const [fewest, highest] = [Math.min(...units), Math.max(...units)];
  const unitsText =
    highest - fewest <= 0.01 * fewest
      ? `An order takes ${formatCount(fewest, 'write unit')} in every cell`
      : `An order takes ${fewest} to ${formatCount(highest, 'write unit')}`;
  const callsOf = ({ calls, cell }: typeof most) =>
    `${groupDigits(Math.round(calls))} for 1,000 orders at ${cellName(cell)}`;
  return {
    name: 'Write capacity',
    sentence: `${unitsText}: batches save calls, not capacity. The calls that write are ${callsOf(most)} and ${callsOf(least)}.`,
  };
}

function msOf(figures: BatchFigures | null, name: 'p50' | 'p95' | 'p99'): string {
  return formatMs(figures?.lagMs[name]?.value ?? null);
}
