import { answerTexts } from '../../../questions/answer-texts.ts';
import type { AnswerText } from '../../../questions/question.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { Headline, Tile } from '../../text/statement.ts';
import { isMeasuring } from './is-measuring.ts';
import { runHeadline } from './run-headline.ts';
import { mainTiles, smallTiles } from './run-tiles.ts';
import type { Running } from './running.ts';

/** What a run says. No text is escaped. */
export interface RunSummary {
  readonly headline: Headline;
  /** Behind the word: "interrupted" or "stopped early"; null for a run that went on to its planned end. */
  readonly status: string | null;
  readonly subject: RunSubject;
  /** The two or three figures of the first screen. */
  readonly tiles: readonly Tile[];
  /** Figures beside them that decide nothing. */
  readonly smallTiles: readonly Tile[];
  readonly answers: readonly AnswerText[];
}

/** What was run, when, and against what. */
export interface RunSubject {
  readonly scenario: string;
  readonly profile: string;
  /** Name that the user gave to the run; null without one, or if it is the target's. */
  readonly label: string | null;
  readonly target: string;
  readonly url: string;
  /** Version of the order API under test, or null. */
  readonly release: string | null;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** What a run says, for every way to show it. `running` is null once it has ended. */
export function runSummary(report: AnsweredReport, running: Running | null = null): RunSummary {
  const answers = answerTexts(report);
  return {
    headline: runHeadline(report, running),
    status: running === null ? statusOf(report) : null,
    subject: subjectOf(report),
    tiles: mainTiles(report, answers, running === null && report.run.verdict !== 'invalid'),
    smallTiles: smallTiles(report),
    answers,
  };
}

/** A run that measures is stopped once it has found its limit, so that is its planned end. */
function statusOf(report: AnsweredReport): string | null {
  const { status, verdict } = report.run;
  if (status === 'completed') return null;
  if (status === 'interrupted') return 'interrupted';
  return isMeasuring(report) && verdict === 'pass' ? null : 'stopped early';
}

function subjectOf({ run, target }: AnsweredReport): RunSubject {
  return {
    scenario: run.scenario,
    profile: run.profile,
    label: run.label === target.label ? null : run.label,
    target: target.label,
    url: target.baseUrl,
    release: run.release ?? null,
    runId: run.id,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}
