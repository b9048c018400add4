import {
  formatCount,
  formatMs,
  formatRate,
  formatRatio,
  groupDigits,
} from '../../core/report/format-figure.ts';
import type { Figure } from '../../core/report/schema/figure-schema.ts';
import { listText } from '../../core/text/list-text.ts';
import type { TextTable, Tile } from '../../core/text/statement.ts';
import type { AnswerText } from '../question.ts';
import type { LagAnswer } from './schema.ts';

/** Whether the queue path keeps up, and its lag, in words. */
export function lagText(lag: LagAnswer): AnswerText {
  const figures = queueFigures(lag);
  const known = figures.flatMap(({ name, figure: { value }, textOf }) =>
    value === null ? [] : [[name, textOf(value)]],
  );
  return {
    question: 'Does the queue path keep up?',
    lines: [headOf(lag), ...unknownLines(figures), ...lag.notes],
    tile: tileOf(lag),
    tables: [lagTable(lag), queueTable(known)].filter(({ rows }) => rows.length > 0),
  };
}

function headOf({ keepsUp, notStored, lost, accepted, ratePerSecond }: LagAnswer): string {
  const orders = formatCount(accepted, 'order');
  const at = ratePerSecond === null ? '' : ` at ${formatRate(ratePerSecond)}`;
  if (keepsUp === true) {
    return notStored.source === 'derived'
      ? `Yes: of ${orders} accepted${at}, ${notStored.note}.`
      : `Yes: every accepted order was stored (${orders}${at}).`;
  }
  if (keepsUp === null) return uncertainText(notStored.note);
  return lost.value !== null && lost.value > 0
    ? `No: ${groupDigits(lost.value)} of ${orders} accepted${at} ${lost.value === 1 ? 'is' : 'are'} lost.`
    : `No: ${groupDigits(notStored.value ?? 0)} of ${orders} accepted${at} ${notStored.value === 1 ? 'was' : 'were'} not stored when the wait ended.`;
}

/** Why it is not known whether the queue path keeps up, as the run's verdict says it too. */
export function uncertainText(why: string): string {
  return `It is uncertain whether every accepted order was stored: ${why}.`;
}

function tileOf({ lagMs, source }: LagAnswer): Tile {
  const label = 'p95 lag';
  if (lagMs === null) return { label, value: 'not known', note: 'from acceptance to storage' };
  const all = source === 'platform' ? '' : ' of the sample';
  return {
    label,
    value: formatMs(lagMs.p95),
    note: `from acceptance to storage, ${formatCount(lagMs.count, 'order')}${all}`,
  };
}

function lagTable({ source, lagMs, sampleLagMs }: LagAnswer): TextTable {
  const isAll = source === 'platform';
  const seen = [
    { by: 'the queue’s clock, all orders', stats: isAll ? lagMs : null },
    { by: 'the client, sampled orders', stats: isAll ? sampleLagMs : lagMs },
  ];
  const text = (ms: number | null) => (ms === null ? 'not known' : formatMs(ms));
  return {
    caption: 'From acceptance to storage',
    columns: [
      { head: 'Timed by' },
      { head: 'Orders', isNumber: true },
      ...['p50', 'p95', 'p99', 'Longest'].map((head) => ({ head, isNumber: true as const })),
    ],
    rows: seen.flatMap(({ by, stats }) =>
      stats === null
        ? []
        : [
            [
              by,
              groupDigits(stats.count),
              ...[stats.p50, stats.p95, stats.p99, stats.max].map(text),
            ],
          ],
    ),
  };
}

function queueTable(rows: readonly (readonly string[])[]): TextTable {
  return {
    caption: 'The queue',
    columns: [{ head: 'Figure' }, { head: 'Value', isNumber: true }],
    rows,
  };
}

interface QueueFigure {
  readonly name: string;
  readonly figure: Figure;
  readonly textOf: (value: number) => string;
}

function queueFigures(lag: LagAnswer): readonly QueueFigure[] {
  return [
    { name: 'Drained after the load', figure: lag.drainMs, textOf: formatMs },
    { name: 'Fill of the batches', figure: lag.batchFill, textOf: formatRatio },
    { name: 'Redelivered messages', figure: lag.redelivered, textOf: groupDigits },
    { name: 'Dead letters', figure: lag.deadLetters, textOf: groupDigits },
  ];
}

/** One line for all figures that are not known for the same reason. */
function unknownLines(figures: readonly QueueFigure[]): string[] {
  const absent = figures.filter(({ figure }) => figure.value === null);
  const whys = [...new Set(absent.map(({ figure }) => figure.note))];
  return whys.map((why) => {
    const names = absent.filter(({ figure }) => figure.note === why).map(({ name }) => name);
    const first = listText(names.map((name, position) => (position === 0 ? name : lower(name))));
    return `${first}: not known, ${why}.`;
  });
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
