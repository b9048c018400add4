import type { Report } from '../report/schema/report-schema.ts';

/** One promise of an answer, as a test sees it. */
export interface AnswerCase {
  /** Key of the answer in the report. */
  readonly answer: keyof Report['answers'];
  readonly name: string;
  /** open: it could not be told, or did not apply. */
  readonly state: 'ok' | 'broken' | 'open';
  /** What was seen. */
  readonly text: string;
}

/**
 * What of the answers can fail a run: each promise of the contract, the first step of a staircase, the
 * recovery from a burst. What fails a run by more than one rule is in the case of the verdict.
 */
export function answerCases({ answers }: Report): readonly AnswerCase[] {
  const { contract, capacity, breakpoint, burst } = answers;
  return [
    ...(contract?.rows ?? []).map(contractCase),
    ...(capacity === undefined ? [] : [firstStepCase('capacity', capacity)]),
    ...(breakpoint === undefined ? [] : [firstStepCase('breakpoint', breakpoint)]),
    ...(burst === undefined ? [] : [recoveryCase(burst.recovery)]),
  ];
}

type Answers = Report['answers'];

function contractCase(row: NonNullable<Answers['contract']>['rows'][number]): AnswerCase {
  const { verdict, request, expected, broken, brokenCount } = row;
  const state = verdict === 'ok' ? 'ok' : verdict === 'broken' ? 'broken' : 'open';
  const seen = broken.map(({ name, got }) => `${name}: ${got}`);
  const more = brokenCount - broken.length;
  return {
    answer: 'contract',
    name: row.row,
    state,
    text: [
      `${request} → ${expected}: ${verdict}`,
      ...seen,
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
  };
}

function firstStepCase(
  answer: 'capacity' | 'breakpoint',
  { status, why }: { readonly status: string; readonly why: string },
): AnswerCase {
  const told = status === 'belowFirstStep' ? 'broken' : 'ok';
  const state = status === 'notDetermined' ? 'open' : told;
  return { answer, name: 'the first step is within the SLO', state, text: why };
}

function recoveryCase({ status, why }: NonNullable<Answers['burst']>['recovery']): AnswerCase {
  const told = status === 'notRecovered' ? 'broken' : 'ok';
  const state = status === 'notDetermined' ? 'open' : told;
  return { answer: 'burst', name: 'recovery', state, text: why };
}
