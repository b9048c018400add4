import { formatMs, formatRatio, groupDigits } from '../report/format-figure.ts';
import { type RunFigures, successBound } from './run-figures.ts';
import { loadCommand, type WalkthroughRun } from './steps.ts';

/** A run with what came of it. */
export interface MeasuredRun {
  readonly run: WalkthroughRun;
  readonly figures: RunFigures;
}

type Row = readonly [name: string, value: (figures: RunFigures) => string | null];

const milliseconds = (ms: number | null): string | null => (ms === null ? null : formatMs(ms));
const unlessZero = (count: number): string | null => (count === 0 ? null : groupDigits(count));

/** A row that no run of a table has is left out. */
const ROWS: readonly Row[] = [
  ['verdict', (f) => f.verdict.toUpperCase()],
  ['offered orders', (f) => groupDigits(f.offered)],
  ['**success**', (f) => (f.successRatio === null ? null : `**${formatRatio(f.successRatio)}**`)],
  ['throttled', (f) => unlessZero(f.throttled)],
  ['answered with 500', (f) => unlessZero(f.serverErrors)],
  ['recognised as a retry', (f) => unlessZero(f.duplicates)],
  ['in the table at the end', (f) => (f.stored === null ? null : groupDigits(f.stored))],
  ['p50 of successes', (f) => milliseconds(f.p50Ms)],
  ['p95 of successes', (f) => milliseconds(f.p95Ms)],
  ['slowest success', (f) => milliseconds(f.slowestMs)],
  ['cold starts', (f) => groupDigits(f.coldStarts)],
  ['orders in work at once, at most', (f) => f.peakConcurrency?.toString() ?? null],
  [
    'Lambda, per million orders stored',
    ({ lambdaUsdPerMillionStored: usd }) => (usd === null ? null : `$${usd.toFixed(2)}`),
  ],
  ['batches written', (f) => (f.queue === null ? null : groupDigits(f.queue.batches))],
  ['accepted → stored, p50', (f) => milliseconds(f.queue?.storedP50Ms ?? null)],
  ['accepted → stored, p95', (f) => milliseconds(f.queue?.storedP95Ms ?? null)],
  ['accepted → stored, slowest', (f) => milliseconds(f.queue?.storedSlowestMs ?? null)],
  ['queue empty, after the load', (f) => milliseconds(f.queue?.drainMs ?? null)],
];

/** The measured part of a step: the commands of its runs that no step before had, and the table. */
export function renderStepBlock(
  columns: readonly MeasuredRun[],
  seenBefore: ReadonlySet<string>,
): string {
  const fresh = columns.filter(({ run }) => !seenBefore.has(run.id));
  const commands = fresh.map(({ run }) => loadCommand(run)).join('\n');
  const parts = [`\`\`\`sh\n${commands}\n\`\`\``, renderTable(columns)];
  const last = columns.at(-1);
  const bound = last && renderBound(last);
  if (bound) parts.push(bound);
  return parts.join('\n\n');
}

/** One line of all runs, for the end of the page. */
export function renderSummaryBlock(runs: readonly MeasuredRun[]): string {
  const header =
    '| run | offered, at most | success | p95 of successes | cold starts | Lambda, per million stored |';
  const lines = runs.map(({ run, figures: f }) => {
    const usd = f.lambdaUsdPerMillionStored;
    const cells = [
      run.id,
      `${groupDigits(run.ratePerSecond)}/s`,
      f.successRatio === null ? '–' : formatRatio(f.successRatio),
      milliseconds(f.p95Ms) ?? '–',
      groupDigits(f.coldStarts),
      usd === null ? '–' : `$${usd.toFixed(2)}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [header, '|---|---:|---:|---:|---:|---:|', ...lines].join('\n');
}

function renderTable(columns: readonly MeasuredRun[]): string {
  const rows = ROWS.flatMap(([name, value]) => {
    const cells = columns.map(({ figures }) => value(figures));
    if (cells.every((cell) => cell === null)) return [];
    return [`| ${[name, ...cells.map((cell) => cell ?? '–')].join(' | ')} |`];
  });
  const labels = columns.map(({ run }) => run.label);
  return [`| | ${labels.join(' | ')} |`, `|---|${'---:|'.repeat(labels.length)}`, ...rows].join(
    '\n',
  );
}

function renderBound({ run, figures }: MeasuredRun): string | null {
  if (run.limit === null || figures.handlerMeanMs === null) return null;
  const bound = successBound(figures, run.limit);
  if (bound === null || figures.successRatio === null) return null;
  const perSecond = (run.limit * 1000) / figures.handlerMeanMs;
  return (
    `Little's law: ${run.limit} at once ÷ ${formatMs(figures.handlerMeanMs)} that the handler takes in the mean = ` +
    `${perSecond.toFixed(0)} orders/s, at most ${formatRatio(bound)} of what was offered; measured ${formatRatio(figures.successRatio)}.`
  );
}
