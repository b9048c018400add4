import { formatCount, formatMs, groupDigits } from '../../core/report/format-figure.ts';
import type { Cell, TextTable, Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import { ROW_WORDS } from './row-words.ts';
import type { ContractAnswers } from './schema.ts';

type Row = ContractAnswers['rows'][number];

/** The contract in words: a row for each promise, and the actual responses that broke one. */
export function contractText(contract: ContractAnswers): AnswerText {
  const { latencyFloorMs, requests } = contract;
  const fastest =
    latencyFloorMs === null
      ? 'No order was stored'
      : `The fastest order took ${formatMs(latencyFloorMs)}`;
  const broken = contract.rows.filter((row) => row.broken.length > 0);
  return {
    question: 'Is it alive and correct?',
    lines: [
      headOf(contract),
      `${fastest}. All other figures leave out the ${formatCount(requests, 'request')} that checked the contract.`,
    ],
    tile: tileOf(contract),
    tables: [promiseTable(contract.rows), ...(broken.length === 0 ? [] : [brokenTable(broken)])],
  };
}

interface Counts {
  readonly kept: number;
  readonly broken: number;
  readonly unchecked: number;
}

function countsOf({ rows }: ContractAnswers): Counts {
  const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return { kept: count('ok'), broken: count('broken'), unchecked: count('notChecked') };
}

function headOf(contract: ContractAnswers): string {
  const { kept, broken, unchecked } = countsOf(contract);
  const judged = kept + broken;
  if (broken > 0) {
    return `No: ${broken} of ${formatCount(judged, 'promise')} ${broken === 1 ? 'is' : 'are'} broken.`;
  }
  if (contract.refused !== undefined) return 'Not known: the API refused the credentials.';
  if (judged === 0) return 'Not known: nothing could be checked.';
  return unchecked > 0
    ? `Not known: ${formatCount(judged, 'promise')} ${judged === 1 ? 'is' : 'are'} kept, and ${unchecked} could not be checked in full.`
    : `Yes: ${judged === 1 ? 'the only promise that was judged is' : `all ${judged} promises that were judged are`} kept.`;
}

function tileOf(contract: ContractAnswers): Tile {
  const { kept, broken, unchecked } = countsOf(contract);
  const judged = kept + broken;
  return {
    label: 'Contract',
    value: judged === 0 ? 'not checked' : `${kept} of ${judged} kept`,
    note: unchecked === 0 ? '' : `${unchecked} not checked in full`,
    ...(broken > 0
      ? { state: 'missed' as const }
      : judged > 0 && unchecked === 0 && { state: 'met' as const }),
  };
}

function promiseTable(rows: readonly Row[]): TextTable {
  return {
    caption: 'Promises of the contract',
    columns: [
      { head: 'Request' },
      { head: 'Required response' },
      { head: 'Kept', isNumber: true },
      { head: 'Result' },
    ],
    rows: rows.map((row) => [row.request, row.expected, keptText(row), resultOf(row)]),
  };
}

function keptText({ verdict, checked, brokenCount }: Row): string {
  const isJudged = checked > 0 && verdict !== 'notOffered' && verdict !== 'notApplicable';
  return isJudged ? `${groupDigits(checked - brokenCount)} of ${groupDigits(checked)}` : '–';
}

function resultOf({ verdict, note }: Row): Cell {
  const text = note === undefined ? ROW_WORDS[verdict] : `${ROW_WORDS[verdict]}: ${note}`;
  switch (verdict) {
    case 'ok':
      return { text, tone: 'good' };
    case 'broken':
      return { text, tone: 'bad' };
    case 'notChecked':
      return { text, tone: 'open' };
    default:
      return text;
  }
}

function brokenTable(rows: readonly Row[]): TextTable {
  return {
    caption: 'Responses that broke a promise',
    columns: [{ head: 'Request' }, { head: 'Case' }, { head: 'Response' }],
    rows: rows.flatMap(({ request, broken, brokenCount }) => {
      const more = brokenCount - broken.length;
      return [
        ...broken.map(({ name, got }) => [request, name, got]),
        ...(more > 0 ? [[request, `${groupDigits(more)} more`, '…']] : []),
      ];
    }),
  };
}
