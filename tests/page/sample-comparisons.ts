import { compareDuet } from '../../lib/core/compare/compare-duet.ts';
import { compareRuns } from '../../lib/core/compare/compare-runs.ts';
import { historyEntryOf } from '../../lib/core/history/history-entry.ts';
import type { RenderedComparison } from '../../lib/core/render/compare/rendered-comparison.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { type SampleOptions, steadyReport } from '../core/compare/sample-reports.ts';
import { abReport, slowerB } from '../questions/ab/sample-ab-report.ts';
import { recordedReport } from './sample-reports.ts';

export interface NamedComparison {
  readonly name: string;
  readonly given: RenderedComparison;
}

let made: readonly NamedComparison[] | undefined;

/** Comparisons of simulated runs: every mode, and every verdict. */
export function sampleComparisons(): readonly NamedComparison[] {
  made ??= Object.entries(SAMPLES).map(([name, make]) => ({ name, given: make() }));
  return made;
}

const SAMPLES: Readonly<Record<string, () => RenderedComparison>> = {
  worse: () => compared(side(1, 3), side(11, 3, { slower: 0.5 })),
  better: () => compared(side(1, 3, { slower: 0.5 }), side(11, 3)),
  'no change': () => compared(side(1, 8), side(11, 8)),
  'one run each': () => compared(side(21, 1), side(31, 1, { slower: 0.1 })),
  'candidate against a history': () => compared(null, side(31, 1, { slower: 0.2 }), side(1, 12)),
  'other profile': () =>
    compared(side(1, 1, { changes: { profile: 'standard' } }), side(2, 1, { dropped: 40 })),
  'lost orders': () => compared(side(1, 3), side(11, 3, { failures: 60, timeouts: 10 })),
  'two recorded runs': () => compared([recordedReport('steady')], [recordedReport('steady-2')]),
  'recorded runs of another load': () =>
    compared([recordedReport('steady')], [recordedReport('steady-invalid')]),
  'recorded spikes': () => compared([recordedReport('spike')], [recordedReport('spike-throttled')]),
  'recorded ab': () => duet(recordedReport('ab')),
  ab: () => duet(abReport(slowerB)),
  'ab without a difference': () =>
    duet(abReport({ rounds: 8, latencies: (_, round) => spread(10 + round) })),
};

function duet(report: AnsweredReport): RenderedComparison {
  return { comparison: compareDuet(report), a: [], b: [report] };
}

function compared(
  a: readonly AnsweredReport[] | null,
  b: readonly AnsweredReport[],
  history: readonly AnsweredReport[] = [],
): RenderedComparison {
  const comparison = compareRuns({
    a: a === null ? null : { name: 'results/before', reports: a },
    b: { name: 'results/after', reports: b },
    history: history.map(historyEntryOf),
    historyName: 'results/history',
  });
  return { comparison, a: a ?? [], b };
}

function side(from: number, runs: number, options: Partial<SampleOptions> = {}): AnsweredReport[] {
  return Array.from(
    { length: runs },
    (_, run) => steadyReport({ seed: from + run, runCv: 0.02, ...options }) as AnsweredReport,
  );
}

/** 40 latencies from the level to 1.4 times it. */
function spread(levelMs: number): number[] {
  return Array.from({ length: 40 }, (_, position) => levelMs * (1 + position / 100));
}
