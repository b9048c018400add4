import { formatCount, formatDuration, formatRate } from '../../report/format-figure.ts';
import { dayText } from '../../text/day-text.ts';
import { listText } from '../../text/list-text.ts';
import { cellName } from '../../tune/cell-name.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';

type Cells = readonly Parameters<typeof cellName>[0][];

/** "256 MB, 512 MB and 1,024 MB"; cells of a batch sweep have commas of their own. */
export function cellList(cells: Cells): string {
  const names = cells.map(cellName);
  const isPlain = names.every((name) => !name.includes(','));
  return isPlain ? listText(names) : names.join('; ');
}

/** What was tuned, and where: "Memory of create-order, local platform". */
export function subjectText({ kind, subject }: TuneResult): string {
  const { function: name, region, platform } = subject;
  const what = kind === 'power' ? 'Memory' : 'Batch size and window';
  const where =
    platform === 'local' ? 'local platform' : `AWS${region === null ? '' : ` ${region}`}`;
  return `${what} of ${name}, ${where}`;
}

/** How it was measured: "3 rounds of 6 sizes in random order, each 50/s for 5 s". */
export function methodText(result: TuneResult): string {
  const { run, subject, power, batch } = result;
  const cells =
    power === undefined
      ? formatCount(batch?.cells.length ?? 0, 'cell')
      : formatCount(power.sizes.length, 'size');
  const order = `${formatCount(run.rounds, 'round')} of ${cells} in random order`;
  if (subject.method === 'invoke') {
    return subject.callsPerRound === null
      ? `${order}, by direct calls`
      : `${order}, each ${formatCount(subject.callsPerRound, 'direct call')}`;
  }
  const rate = subject.ratePerSecond === null ? 'load' : formatRate(subject.ratePerSecond);
  const length =
    subject.durationSeconds === null
      ? ''
      : ` for ${formatDuration(subject.durationSeconds * 1000)}`;
  return `${order}, each ${rate}${length}`;
}

/** Whether the best is still the one of the last sweep; null without one. */
export function earlierSentence({ earlier, power, batch }: TuneResult): string | null {
  const chosen = power?.choice.chosen ?? batch?.choice.chosen ?? null;
  if (!earlier || chosen === null) return null;
  const day = dayText(earlier.startedAt);
  if (earlier.best === null) return `The last sweep, on ${day}, could not name a best.`;
  const then = `${cellName(earlier.best)} was the best on ${day}`;
  switch (earlier.move) {
    case 'moved':
      return `The best has moved: ${then}.`;
    case 'same':
      return `It has not moved: ${then} too.`;
    case 'notToldApart':
      return `It may not have moved: ${then}, and the two cannot be told apart.`;
    case 'notComparable':
      return `${then}; only one of both sweeps has measured it and ${cellName(chosen)}.`;
  }
}
