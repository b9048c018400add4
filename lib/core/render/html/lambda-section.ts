import { formatRatio, formatUsd, groupDigits } from '../../report/format-figure.ts';
import type { Figure } from '../../report/schema/platform-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { type Html, html } from './html.ts';
import { renderTable } from './table.ts';

interface Named {
  readonly name: string;
  readonly figure: Figure;
}

/** The serverless figures as the client knows them, each with its source. */
export function renderLambda({ lambda: figures }: Report): Html {
  const named: [name: string, figure: Figure][] = [
    ['Cold starts', figures.coldStarts],
    ['Cold starts per response', figures.coldStartRatio],
    ['Concurrency, mean', figures.concurrency],
    ['Concurrency, busiest window', figures.peakConcurrency],
    ['Throttles', figures.throttles],
    ['Billed time', figures.billedGbSeconds],
    ['A million orders', figures.costPerMillionOrdersUsd],
  ];
  return html`<div class="wide">${renderTable<Named>(
    'Lambda',
    [
      { head: 'What', cell: ({ name }) => name },
      { head: 'Value', isNumber: true, cell: ({ figure }) => figureText(figure) },
      {
        head: 'Source',
        cell: ({ figure }) => html`<span class="source ${figure.source}">${figure.source}</span>`,
      },
      { head: 'From', cell: ({ figure }) => figure.note },
    ],
    folded(named),
  )}</div>`;
}

/** Figures that are unknown for the same reason share a row. */
function folded(named: readonly (readonly [name: string, figure: Figure])[]): Named[] {
  const rows: Named[] = [];
  for (const [name, figure] of named) {
    const isSame = (row: Named) => row.figure.value === null && row.figure.note === figure.note;
    const position = figure.value === null ? rows.findIndex(isSame) : -1;
    const row = rows[position];
    if (row === undefined) rows.push({ name, figure });
    else rows[position] = { ...row, name: `${row.name}; ${name}` };
  }
  return rows;
}

/** The platform's own counters beside the client's; null if they were not read. */
export function renderPlatformSide({ lambda: { platform } }: Report): Html | null {
  if (platform === undefined) return null;
  if (platform.problem !== null) {
    return html`<div class="wide"><p>The platform’s counters could not be read: ${platform.problem}</p></div>`;
  }
  const views = [platform.function, ...platform.otherFunctions];
  const figures = [
    ['Invocations', 'invocations'],
    ['Cold starts', 'coldStarts'],
    ['Throttles', 'throttles'],
    ['Peak concurrency', 'peakConcurrency'],
    ['Concurrency', 'concurrency'],
    ['Billed', 'billedGbSeconds'],
  ] as const;
  const counted = renderTable(
    'As the platform counted',
    [
      { head: 'Function', cell: ({ name }) => name },
      ...figures.map(([head, key]) => ({
        head,
        isNumber: true,
        cell: (view: (typeof views)[number]) => figureText(view[key]),
      })),
    ],
    views,
  );
  const compared = renderTable(
    'Client and platform side by side',
    [
      { head: 'What', cell: ({ what }) => COUNTED[what] },
      { head: 'Client', isNumber: true, cell: ({ client }) => countOrDash(client) },
      { head: 'Platform', isNumber: true, cell: ({ platform: own }) => countOrDash(own) },
      { head: 'Equal', cell: ({ agree }) => agreementText(agree) },
      { head: 'Why', cell: ({ note }) => whyOf(note) },
    ],
    platform.agreement,
  );
  const notes = platform.notes.length === 0 ? null : html` ${platform.notes.join(' ')}`;
  return html`<div class="wide">${counted}<p class="note">${platform.source}; warm-up included.${notes}</p></div><div class="wide">${compared}</div>`;
}

type Agreement = NonNullable<Report['lambda']['platform']>['agreement'][number];

const COUNTED: Readonly<Record<Agreement['what'], string>> = {
  coldStarts: 'Cold starts',
  throttles: 'Throttles',
};

/** The explanation in a note such as "throttles: client 3, platform 5 (why)"; the counts have columns of their own. */
function whyOf(note: string): string {
  return /\((.*)\)$/.exec(note)?.[1] ?? '';
}

function agreementText(agree: boolean | null): Html | string {
  if (agree === null) return 'not comparable';
  return agree ? html`<span class="good">✓ yes</span>` : html`<span class="bad">✕ no</span>`;
}

const countOrDash = (value: number | null) => (value === null ? '–' : groupDigits(value));

function figureText({ value, unit }: Figure): string {
  if (value === null) return '–';
  if (unit === 'ratio') return formatRatio(value);
  if (unit === 'USD') return formatUsd(value);
  const figure = Number.isInteger(value)
    ? groupDigits(value)
    : String(Number(value.toPrecision(3)));
  return `${figure} ${unit}`;
}
