import { minuteText } from '../../text/day-text.ts';
import type { Cell } from '../../text/statement.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { subjectText } from '../tune/sweep-words.ts';
import { tuneSummary } from '../tune/tune-summary.ts';
import { hrefWithBack } from './run-columns.ts';

/** A sweep whose result was read. */
export interface ResultSweep {
  readonly result: TuneResult;
  /** Its folder, relative to the page of all results. */
  readonly folder: string;
}

/** A row of the table of sweeps. No text is escaped. */
export interface SweepRow {
  readonly started: string;
  readonly href: string;
  readonly what: string;
  readonly best: Cell;
  readonly why: string;
}

/** The sweeps of the page of all results, newest first. */
export function sweepRows(sweeps: readonly ResultSweep[]): readonly SweepRow[] {
  return sweeps
    .toSorted((a, b) => (a.result.run.startedAt < b.result.run.startedAt ? 1 : -1))
    .map(({ result, folder }) => {
      const { headline, status } = tuneSummary(result);
      const text = status === null ? headline.word : `${headline.word}, ${status}`;
      return {
        started: minuteText(result.run.startedAt),
        href: hrefWithBack(folder, 'tune.html'),
        what: subjectText(result),
        best: { text, tone: headline.tone },
        why: headline.reason,
      };
    });
}
