/** One answer for a reader: a heading and a few plain sentences or `label: figure` lines. */
export interface AnswerText {
  /** The question, as a person asks it. */
  readonly question: string;
  /** The answer first, what it rests on after it. Not escaped. */
  readonly lines: readonly string[];
}
