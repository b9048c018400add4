import { formatRatio } from '../../report/format-figure.ts';
import type { LinePlot } from '../../text/line-plot.ts';
import type { Headline, TextTable, Tile } from '../../text/statement.ts';
import type { PowerResult } from '../../tune/schema/power-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { batchPlots } from './batch-plots.ts';
import { batchHeadline, batchTiles } from './batch-summary.ts';
import { batchTables, moreBatchTables } from './batch-tables.ts';
import { powerPlots } from './power-plots.ts';
import { powerHeadline, powerTiles } from './power-summary.ts';
import { powerTables } from './power-tables.ts';
import { methodText, subjectText } from './sweep-words.ts';

/** What a sweep says. No text is escaped. */
export interface TuneSummary {
  readonly headline: Headline;
  /** Stands behind the headline's word: "interrupted"; null for a whole sweep. */
  readonly status: string | null;
  /** What was tuned, and where: "Memory of create-order, local platform". */
  readonly subject: string;
  /** How it was measured. */
  readonly method: string;
  readonly tiles: readonly Tile[];
  readonly plots: readonly LinePlot[];
  readonly tables: readonly TextTable[];
  /** Further tables, which a terminal has no room for. */
  readonly moreTables: readonly TextTable[];
  /** What known pitfalls cost here, each as "name: sentence"; empty in a power sweep. */
  readonly pitfalls: readonly string[];
  /** Pages of other tools that show the same figures. */
  readonly viewers: readonly { readonly text: string; readonly address: string }[];
  /** What the reader needs to know to trust the answer. */
  readonly notes: readonly string[];
}

/** What a sweep says, for every way to show it. */
export function tuneSummary(result: TuneResult): TuneSummary {
  const { run, power, batch } = result;
  return {
    ...saidOf(result),
    status: run.status === 'interrupted' ? 'interrupted' : null,
    subject: run.label === null ? subjectText(result) : `${subjectText(result)} · ${run.label}`,
    method: methodText(result),
    pitfalls: batch?.pitfalls.map(({ name, sentence }) => `${name}: ${sentence}`) ?? [],
    viewers: power === undefined ? [] : viewersOf(power),
    notes: [...readingNotes(result), ...result.notes],
  };
}

function saidOf(
  result: TuneResult,
): Pick<TuneSummary, 'headline' | 'tiles' | 'plots' | 'tables' | 'moreTables'> {
  const { power, batch } = result;
  if (power !== undefined) {
    return {
      headline: powerHeadline(result, power),
      tiles: powerTiles(power),
      plots: powerPlots(power, result.subject.method),
      tables: powerTables(power),
      moreTables: [],
    };
  }
  if (batch !== undefined) {
    return {
      headline: batchHeadline(result, batch),
      tiles: batchTiles(batch),
      plots: batchPlots(batch),
      tables: batchTables(batch),
      moreTables: moreBatchTables(batch),
    };
  }
  const reason = 'Nothing was measured.';
  return {
    headline: { tone: 'open', word: 'No conclusion', reason, others: [], next: [] },
    tiles: [],
    plots: [],
    tables: [],
    moreTables: [],
  };
}

/** How to read the figures. */
function readingNotes(result: TuneResult): readonly string[] {
  const { power, batch } = result;
  const date = power?.pricesDate ?? batch?.pricesDate;
  const left = power?.discardTopBottom ?? 0;
  return [
    ...(hasIntervals(result) ? ['± is half of the 95% interval.'] : []),
    ...(date === undefined ? [] : [`Costs are estimates with the prices of ${date}.`]),
    ...(left === 0
      ? []
      : [
          `Duration and cost leave out the ${formatRatio(left)} at each end, the fastest and the slowest, as AWS Lambda Power Tuning does.`,
        ]),
  ];
}

function hasIntervals({ power, batch }: TuneResult): boolean {
  const estimates = [
    ...(power?.sizes ?? []).map(({ costPerMillionUsd }) => costPerMillionUsd),
    ...(batch?.cells ?? []).map(({ load }) => load?.costPerMillionUsd),
  ];
  return estimates.some((estimate) => typeof estimate?.low === 'number');
}

/** Anybody may have written the file, so only addresses of that viewer become links. */
function viewersOf({ powerTuning, powerTuningComparison }: PowerResult): TuneSummary['viewers'] {
  const viewer = 'viewer of AWS Lambda Power Tuning';
  const all = [
    ...powerTuning.map(({ architecture, visualization }) => ({
      text: powerTuning.length > 1 ? `${viewer}, ${architecture}` : viewer,
      address: visualization,
    })),
    ...(powerTuningComparison === null
      ? []
      : [{ text: `${viewer}, both processors`, address: powerTuningComparison }]),
  ];
  return all.filter(({ address }) => address.startsWith('https://lambda-power-tuning.show/#'));
}
