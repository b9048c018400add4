import type { z } from 'zod';
import type { Histogram } from '../core/histogram/histogram.ts';
import type { Slo } from '../core/load/load-plan.ts';
import type { QuestionProfile } from '../core/load/question-profile.ts';
import type { LiveCounts } from '../core/report/abort-reason.ts';
import type { EndedRun } from '../core/report/ended-run.ts';
import type { Report } from '../core/report/schema/report-schema.ts';
import type { LinePlot } from '../core/text/line-plot.ts';
import type { NextStep, TextTable, Tile } from '../core/text/statement.ts';

/** What a scenario is run for: how it loads the target, and how its answer is found. */
export interface Question<Key extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly profile: QuestionProfile;
  /** Absent if the figures of the report are the answer. */
  readonly answer?: AnswerRules<Key, Schema>;
  /** Why the run should be stopped even though the target has not collapsed, or null. `seconds` are the latest closed ones, oldest first. */
  readonly abortReason?: (
    total: LiveLatency,
    seconds: readonly LiveLatency[],
    plan: { readonly plannedOrders: number; readonly slo: Slo },
  ) => string | null;
}

/** How the answer of a question is found and shown. */
export interface AnswerRules<Key extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** Its key in `answers` of the report. */
  readonly key: Key;
  readonly schema: Schema;
  /** Finds the answer from a report alone, so old reports can be answered again. `known` is the answer that the report already holds. */
  find(report: Report, known: z.infer<Schema> | undefined): Found<z.infer<Schema>>;
  /** What the reader may do because of the answer; null if nothing follows from it. */
  next(answer: z.infer<Schema>, run: EndedRun): NextStep | null;
  /**
   * Whether a run that failed did so by its answer (`reason`), so that it comes before the SLO; or whether the answer
   * has nothing to do with it (`aside`). Absent if the answer comes after the SLO.
   */
  readonly onFailure?: 'reason' | 'aside';
  /** Whether the SLO was met in the part of the run that the answer is about; absent if that is the whole run. */
  met?(answer: z.infer<Schema>, slo: Slo): { readonly success: boolean; readonly p95: boolean };
  text(answer: z.infer<Schema>, report: Report): AnswerText;
  /** The promises whose breach fails a run, as test cases. A failure by several rules at once is in the test case of the verdict. */
  cases(answer: z.infer<Schema>, slo: Slo): readonly AnswerCase[];
}

/** One answer for a reader: a heading and a few plain sentences or `label: figure` lines. */
export interface AnswerText {
  /** The question, as a person asks it. */
  readonly question: string;
  /** The answer first, then what the tables do not hold. Not escaped. */
  readonly lines: readonly string[];
  /** The verdict says the answer itself, so `lines` begin with what it rests on. */
  readonly isSaid?: true;
  /** Its figure on the first screen. */
  readonly tile?: Tile;
  /** The figures behind it, with their units. */
  readonly tables?: readonly TextTable[];
  readonly plots?: readonly LinePlot[];
}

/** The result of one question for a run. */
export interface Found<Answer> {
  /** Undefined if the run has no such answer. */
  readonly answer: Answer | undefined;
  /** What counts against the run; the worst finding decides the verdict. */
  readonly findings: readonly Finding[];
  /** The first reason of a passed run, if its answer tells more than its thresholds. */
  readonly summary?: string;
}

export interface Finding {
  readonly verdict: 'fail' | 'invalid';
  /** One sentence that says what was found and what to do. */
  readonly reason: string;
  /** It was observed independently of the load, so it fails even a run that is otherwise invalid. */
  readonly standsAlone?: true;
}

/** One promise of an answer, as a test sees it. */
export interface AnswerCase {
  readonly name: string;
  /** open: it could not be determined or did not apply. */
  readonly state: 'ok' | 'broken' | 'open';
  /** What was observed. */
  readonly text: string;
}

/** Counts of a run in progress, with the latency of stored orders and timeouts. */
export interface LiveLatency extends LiveCounts {
  readonly sloLatency: Histogram;
}
