import { answerTexts } from '../../../questions/answer-texts.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { formatMs, formatRatio, formatUsd, groupDigits } from '../../report/format-figure.ts';
import { type Html, html } from './html.ts';
import { renderTable } from './table.ts';

const MAX_ROWS = 200;
const MAX_COLUMNS = 12;
const MAX_ITEMS = 10;
const GOOD_WORDS = ['ok', 'good', 'pass'];
const BAD_WORDS = ['broken', 'bad', 'fail', 'failed'];

type Row = Readonly<Record<string, unknown>>;

/** The answer to each question of the run in words, and the rows behind it. */
export function renderAnswers(report: AnsweredReport): Html | null {
  const texts = answerTexts(report);
  const tables = Object.entries(report.answers).flatMap(([name, answer]) =>
    rowListsOf(answer).map(({ path, rows }) =>
      renderRows([name, ...path].map(wordsOf).join(', '), rows),
    ),
  );
  if (texts.length === 0 && tables.length === 0) return null;
  const answers = texts.map(({ question, lines: [first = '', ...others] }) => {
    const list = others.map((line) => html`<li>${line}</li>`);
    return html`<article class="answer"><h3>${question}</h3><p class="lead">${first}</p>${
      list.length === 0 ? null : html`<ul>${list}</ul>`
    }</article>`;
  });
  return html`<section aria-labelledby="answers"><h2 id="answers">Answer</h2>${answers}${tables}</section>`;
}

interface RowList {
  readonly path: readonly string[];
  readonly rows: readonly Row[];
}

/** The lists of objects within an answer, at any depth that can still be named. */
function rowListsOf(value: unknown, path: readonly string[] = []): RowList[] {
  if (Array.isArray(value)) {
    const rows = value.filter(isRow);
    return rows.length > 0 && rows.length === value.length ? [{ path, rows }] : [];
  }
  if (!isRow(value) || path.length > 2) return [];
  return Object.entries(value).flatMap(([key, inner]) => rowListsOf(inner, [...path, key]));
}

function renderRows(caption: string, rows: readonly Row[]): Html {
  const shown = rows.slice(0, MAX_ROWS);
  const keys = [...new Set(shown.flatMap((row) => Object.keys(row)))]
    .filter((key) => shown.some((row) => isShown(row[key])))
    .slice(0, MAX_COLUMNS);
  const table = renderTable<Row>(
    caption,
    keys.map((key) => ({
      head: wordsOf(key.replace(/(Ms|Ratio|Usd)$/, '')),
      isNumber: shown.some((row) => typeof row[key] === 'number'),
      cell: (row) => cellOf(key, row[key]),
    })),
    shown,
  );
  const rest = rows.length - shown.length;
  return rest === 0
    ? table
    : html`${table}<p class="note">${groupDigits(rest)} more rows in report.json.</p>`;
}

function cellOf(key: string, value: unknown): Html | string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') {
    return value ? html`<span class="good">✓ yes</span>` : html`<span class="bad">✕ no</span>`;
  }
  if (typeof value === 'number') return figureOf(key, value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '–';
    if (!value.every(isRow)) return value.map((one) => cellText(key, one)).join(' to ');
    return html`<ul>${value.slice(0, MAX_ITEMS).map((item) => html`<li>${itemText(item)}</li>`)}</ul>`;
  }
  const text = cellText(key, value);
  if (GOOD_WORDS.includes(text)) return html`<span class="good">✓ ${text}</span>`;
  return BAD_WORDS.includes(text) ? html`<span class="bad">✕ ${text}</span>` : text;
}

function itemText(item: Row): string {
  return Object.entries(item)
    .map(([key, value]) => cellText(key, value))
    .join(': ');
}

function cellText(key: string, value: unknown): string {
  return typeof value === 'number' ? figureOf(key, value) : String(value ?? '–');
}

/** Formats a figure by the unit at the end of its field name. */
function figureOf(key: string, value: number): string {
  if (/Ms$|^p\d+$/.test(key)) return formatMs(value);
  if (/Ratio$|Share$/.test(key)) return formatRatio(value);
  if (/Usd$/.test(key)) return formatUsd(value);
  return Number.isInteger(value) ? groupDigits(value) : String(Number(value.toPrecision(4)));
}

function isShown(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value.length <= 3 || value.every(isRow));
  return value !== undefined && !isRow(value);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `handlerMs` → "handler ms", `ratePerSecond` → "rate per second". */
function wordsOf(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
