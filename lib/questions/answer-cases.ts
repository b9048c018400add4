import { formatMs, formatRatio } from '../core/report/format-figure.ts';
import type { Report } from '../core/report/schema/report-schema.ts';

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
 * burst and the recovery from it, the orders that a queue took. What fails a run by more than one rule
 * is in the case of the verdict.
 */
export function answerCases({ answers, load }: Report): readonly AnswerCase[] {
  const { contract, capacity, breakpoint, burst, lag } = answers;
  return [
    ...(contract?.rows ?? []).map(contractCase),
    ...(capacity === undefined ? [] : [firstStepCase('capacity', capacity)]),
    ...(breakpoint === undefined ? [] : [firstStepCase('breakpoint', breakpoint)]),
    ...(burst === undefined ? [] : burstCases(burst, load.slo)),
    ...(lag === undefined ? [] : [lagCase(lag)]),
  ];
}

type Answers = Report['answers'];

function contractCase(row: NonNullable<Answers['contract']>['rows'][number]): AnswerCase {
  const { verdict, request, expected, note, broken, brokenCount } = row;
  const state = verdict === 'ok' ? 'ok' : verdict === 'broken' ? 'broken' : 'open';
  const seen = broken.map(({ name, got }) => `${name}: ${got}`);
  const more = brokenCount - broken.length;
  return {
    answer: 'contract',
    name: row.row,
    state,
    text: [
      note === undefined
        ? `${request} → ${expected}: ${verdict}`
        : `${request}: ${verdict}, ${note}`,
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

/** Success and p95 fail where the interval leaves no doubt, as in the answer. */
function burstCases(
  { success, p95, recovery }: NonNullable<Answers['burst']>,
  slo: Report['load']['slo'],
): readonly AnswerCase[] {
  const nothing = { state: 'open', text: 'no order says anything of it' } as const;
  const level = (name: string, told: Pick<AnswerCase, 'state' | 'text'> | null): AnswerCase => ({
    answer: 'burst',
    name,
    ...(told ?? nothing),
  });
  return [
    level(
      'success inside the burst',
      success && {
        state: success.interval[1] < slo.successRatio ? 'broken' : 'ok',
        text: `${formatRatio(success.ratio)} (95% interval ${success.interval.map(formatRatio).join(' to ')}), asked was at least ${formatRatio(slo.successRatio)}`,
      },
    ),
    level(
      'p95 inside the burst',
      p95 && {
        state: p95.lowMs > slo.p95Ms ? 'broken' : 'ok',
        text: `${formatMs(p95.valueMs)} (95% interval from ${formatMs(p95.lowMs)}), asked was at most ${formatMs(slo.p95Ms)}`,
      },
    ),
    recoveryCase(recovery),
  ];
}

function lagCase({ keepsUp, notStored, lost }: NonNullable<Answers['lag']>): AnswerCase {
  const text =
    keepsUp === true
      ? 'every accepted order was stored'
      : notStored.value === null && lost.value === null
        ? `not determined: ${notStored.note}`
        : `${notStored.value ?? 'an unknown number of'} accepted orders were not stored when the wait ended, ${lost.value ?? 'an unknown number'} of them lost`;
  const told = keepsUp === true ? 'ok' : 'broken';
  return {
    answer: 'lag',
    name: 'every accepted order is stored',
    state: keepsUp === null ? 'open' : told,
    text,
  };
}

function recoveryCase({ status, why }: NonNullable<Answers['burst']>['recovery']): AnswerCase {
  const told = status === 'notRecovered' ? 'broken' : 'ok';
  const state = status === 'notDetermined' ? 'open' : told;
  return { answer: 'burst', name: 'recovery', state, text: why };
}
