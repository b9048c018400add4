import { formatMs } from '../../core/report/format-figure.ts';
import type { AnswerText } from '../question.ts';
import type { ContractAnswers } from './schema.ts';

const MARKS: Readonly<Record<ContractAnswers['rows'][number]['verdict'], string>> = {
  ok: 'ok',
  broken: 'NOT OK',
  notOffered: 'not offered',
  notApplicable: 'not judged',
  notChecked: 'not checked',
};
const MARK_WIDTH = 13;

/** The contract in words: one line for each promise, with the actual responses below a broken one. */
export function contractText(contract: ContractAnswers): AnswerText {
  const { rows, latencyFloorMs, requests, refused } = contract;
  const broken = rows.filter(({ verdict }) => verdict === 'broken').length;
  const judged = rows.filter(({ verdict }) => verdict === 'ok').length + broken;
  const head =
    broken > 0
      ? `no: ${broken} of ${judged} promises ${broken === 1 ? 'is' : 'are'} broken`
      : refused !== undefined
        ? 'not determined: the API refused the credentials'
        : judged === 0
          ? 'not determined: nothing could be checked'
          : rows.some(({ verdict }) => verdict === 'notChecked')
            ? `not determined: ${judged} of ${rows.length} promises are kept, the others were not all checked`
            : `yes: all ${judged} judged promises are kept`;
  return {
    question: 'Is it alive and correct?',
    lines: [
      head,
      ...rows.flatMap((row) => [
        `${MARKS[row.verdict].padEnd(MARK_WIDTH)}${row.request}${row.note === undefined ? ` → ${row.expected}${casesOf(row)}` : `: ${row.note}`}`,
        ...row.broken.map(
          ({ name, got }) => `${''.padEnd(MARK_WIDTH)}${row.planned > 1 ? `${name}: ` : ''}${got}`,
        ),
        ...moreOf(row),
      ]),
      `${latencyFloorMs === null ? 'no order was stored' : `fastest order ${formatMs(latencyFloorMs)}`}; ${requests} requests checked the contract (excluded from all other figures)`,
    ],
  };
}

type Row = ContractAnswers['rows'][number];

const casesOf = ({ planned, checked, brokenCount }: Row): string =>
  planned > 1 && checked > 0 ? ` (${checked - brokenCount} of ${checked})` : '';

function moreOf({ broken, brokenCount }: Row): string[] {
  const more = brokenCount - broken.length;
  return more > 0 ? [`${''.padEnd(MARK_WIDTH)}… and ${more} more`] : [];
}
