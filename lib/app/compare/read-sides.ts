import { readdir } from 'node:fs/promises';
import { compareDuet } from '../../core/compare/compare-duet.ts';
import { compareRuns, type NamedSide } from '../../core/compare/compare-runs.ts';
import type { Comparison } from '../../core/compare/comparison.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { type HistoryEntry, historyEntryOf } from '../../core/history/history-entry.ts';
import type { RenderedComparison } from '../../core/render/compare/rendered-comparison.ts';
import type { ConfirmedPoint } from '../../core/trend/confirmed-point.ts';
import { readConfirmedPoints } from '../../node/store/confirmed-points.ts';
import { readHistory } from '../../node/store/history.ts';
import { readRuns } from '../../node/store/read-runs.ts';
import { answerAgain } from '../../questions/answer-again.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import type { CompareFlags } from './parse-compare-flags.ts';

type Say = (line: string) => void;

/**
 * Reads what the command line names and compares it: one ab run, two sides, or one side with a history.
 * @throws UserError (exit 2) if nothing can be read, or the given runs cannot be compared at all.
 */
export async function compareSides(flags: CompareFlags, say: Say): Promise<RenderedComparison> {
  const [first, second] = flags.sides;
  const [one, two] = [
    await readSide(first, say),
    second === undefined ? null : await readSide(second, say),
  ];
  if (two === null && one.reports.length === 1 && isAb(one.reports[0] as AnsweredReport)) {
    const { report } = answerAgain(one.reports[0] as AnsweredReport);
    return { comparison: compareDuet(report, flags.settings), a: [], b: [report] };
  }
  const abRun = [...one.reports, ...(two?.reports ?? [])].find(isAb);
  if (abRun !== undefined) {
    throw new UserError(
      'E_USAGE',
      `run ${abRun.run.id} is an ab run, which holds both sides: compare each ab run on its own`,
    );
  }
  if (two === null && flags.history === null) {
    throw new UserError(
      'E_USAGE',
      `give two sides, or --history DIR to compare ${first} with past runs (see --help)`,
    );
  }
  const past = flags.history === null ? NO_PAST : await readPast(flags.history, say);
  return {
    comparison: compared(one, two, past, flags),
    a: two === null ? [] : one.reports,
    b: (two ?? one).reports,
  };
}

function compared(
  one: NamedSide,
  two: NamedSide | null,
  { history, confirmed }: Past,
  { settings, history: dir }: CompareFlags,
): Comparison {
  const past = { history, confirmed, ...(dir !== null && { historyName: dir }) };
  if (two === null) return compareRuns({ a: null, b: one, ...past }, settings);
  const ids = new Set(one.reports.map(({ run }) => run.id));
  const shared = two.reports.find(({ run }) => ids.has(run.id));
  if (shared !== undefined) {
    throw new UserError(
      'E_USAGE',
      `run ${shared.run.id} is on both sides; comparing a run with itself tells you nothing`,
    );
  }
  return compareRuns({ a: one, b: two, ...past }, settings);
}

async function readSide(given: string, say: Say): Promise<NamedSide> {
  const { reports, skipped } = await readRuns(given);
  for (const line of skipped) say(`left out: ${line}`);
  return { name: given, reports };
}

interface Past {
  readonly history: readonly HistoryEntry[];
  readonly confirmed: readonly ConfirmedPoint[];
}

const NO_PAST: Past = { history: [], confirmed: [] };

/** Reads a history or, from a folder without one, its reports. On the first night there is neither. */
async function readPast(dir: string, say: Say): Promise<Past> {
  const { entries, skipped } = await readHistory(dir);
  const confirmed = await readConfirmedPoints(dir);
  for (const line of [...skipped, ...confirmed.skipped]) say(`left out: ${line}`);
  if (entries.length > 0) return { history: entries, confirmed: confirmed.points };
  if (await holdsHistoryOnly(dir)) {
    const yet = skipped.length === 0 ? 'no run' : 'no readable run';
    say(`there is ${yet} in ${dir} yet, so it is not known how much runs differ`);
    return NO_PAST;
  }
  const { reports } = await readSide(dir, say);
  return { ...NO_PAST, history: reports.map(historyEntryOf) };
}

/**
 * Whether a folder holds nothing but files of a history, so there are no reports to look for. False for a folder that
 * does not exist: its name was mistyped.
 */
async function holdsHistoryOnly(dir: string): Promise<boolean> {
  return readdir(dir).then(
    (names) => names.every((name) => name === 'confirmed' || name.endsWith('.jsonl')),
    () => false,
  );
}

function isAb(report: AnsweredReport): boolean {
  return report.targetB !== undefined;
}
