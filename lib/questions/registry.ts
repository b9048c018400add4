import type { QuestionProfiles } from '../core/load/question-profile.ts';
import { ab } from './ab/question.ts';
import { batch } from './batch/question.ts';
import { breakpoint } from './breakpoint/question.ts';
import type { AnswerRules, Question } from './question.ts';
import { ramp } from './ramp/question.ts';
import { smoke } from './smoke/question.ts';
import { soak } from './soak/question.ts';
import { spike } from './spike/question.ts';
import { steady } from './steady/question.ts';

/**
 * Every question that the suite asks. A user's own scenario starts from the load of the first one. The published
 * schema of the report lists answers in this order, so new questions go to the end.
 */
export const QUESTIONS = [steady, ramp, breakpoint, smoke, ab, batch, spike, soak] as const;

/** Names of the scenarios that ship with the suite. */
export const QUESTION_NAMES: readonly string[] = QUESTIONS.map(({ profile }) => profile.name);

export const QUESTION_PROFILES: QuestionProfiles = [
  QUESTIONS[0].profile,
  ...QUESTIONS.slice(1).map(({ profile }) => profile),
];

/** The question of a scenario, or undefined for a user's own scenario. */
export function questionOf(scenario: string): Question | undefined {
  return QUESTIONS.find(({ profile }) => profile.name === scenario);
}

/** The rules of every answer. */
export const ANSWER_RULES: readonly AnswerRules[] = QUESTIONS.flatMap((question: Question) =>
  question.answer === undefined ? [] : [question.answer],
);
