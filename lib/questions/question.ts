import type { z } from 'zod';
import type { Histogram } from '../core/histogram/histogram.ts';
import type { Slo } from '../core/load/load-plan.ts';
import type { QuestionProfile } from '../core/load/question-profile.ts';
import type { LiveCounts } from '../core/report/abort-reason.ts';
import type { Report } from '../core/report/schema/report-schema.ts';

/** What a scenario is run for: how it loads the target, and what is made of the run. */
export interface Question<Key extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly profile: QuestionProfile;
  /** Absent where the figures of the report are the answer. */
  readonly answer?: AnswerRules<Key, Schema>;
  /** Why the run is to be stopped, beside a collapse of the target, or null. `seconds` are the latest closed ones, oldest first. */
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
  /** Finds the answer from a report alone, so that an old report can be answered again. `known` is what the report holds already. */
  find(report: Report, known: z.infer<Schema> | undefined): Found<z.infer<Schema>>;
  text(answer: z.infer<Schema>): AnswerText;
  /** What of the answer can fail a run, as test cases. What fails it by more than one rule is in the case of the verdict. */
  cases(answer: z.infer<Schema>, slo: Slo): readonly AnswerCase[];
}

/** One answer for a reader: a heading and a few plain sentences or `label: figure` lines. */
export interface AnswerText {
  /** The question, as a person asks it. */
  readonly question: string;
  /** The answer first, what it rests on after it. Not escaped. */
  readonly lines: readonly string[];
}

/** What one question makes of a run. */
export interface Found<Answer> {
  /** Undefined where the run has no such answer. */
  readonly answer: Answer | undefined;
  /** What the answer says against the run; the worst one decides the verdict. */
  readonly findings: readonly Finding[];
  /** The first reason of a run that passes, where its answer says more than its thresholds. */
  readonly summary?: string;
}

export interface Finding {
  readonly verdict: 'fail' | 'invalid';
  /** One sentence that says what was found and what to do. */
  readonly reason: string;
  /** It was seen on its own and holds whatever the load proves: it fails a run that is invalid without it. */
  readonly standsAlone?: true;
}

/** One promise of an answer, as a test sees it. */
export interface AnswerCase {
  readonly name: string;
  /** open: it could not be determined, or did not apply. */
  readonly state: 'ok' | 'broken' | 'open';
  /** What was seen. */
  readonly text: string;
}

/** Counts of a run that is still going on, with the latency of stored orders and timeouts. */
export interface LiveLatency extends LiveCounts {
  readonly sloLatency: Histogram;
}
