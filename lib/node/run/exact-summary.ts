import { readFile } from 'node:fs/promises';
import type { RunContext } from '../../core/report/run-context.ts';
import type { ExactStats } from '../../core/report/schema/latency-schema.ts';

type SummaryStats = Readonly<Record<string, number>>;

/**
 * Reads k6's own exact statistics in ms from the file of `--summary-export`, for all measured orders and for those with
 * an expected status. Undefined if k6 wrote no complete file: they are an extra, and the report does without them.
 */
export async function readExactSummary(
  path: string,
  scenario: string,
): Promise<RunContext['exact'] | undefined> {
  const metrics = await readMetrics(path).catch(() => undefined);
  if (metrics === undefined) return undefined;
  const all = metrics[`http_req_duration{scenario:${scenario}}`];
  const success = metrics[`http_req_duration{scenario:${scenario},expected_response:true}`];
  return {
    ...(all?.['count'] ? { all: exactStats(all) } : {}),
    ...(success?.['count'] ? { success: exactStats(success) } : {}),
  };
}

async function readMetrics(
  path: string,
): Promise<Readonly<Record<string, SummaryStats>> | undefined> {
  const summary: unknown = JSON.parse(await readFile(path, 'utf8'));
  return (summary as { metrics?: Readonly<Record<string, SummaryStats>> } | null)?.metrics;
}

const K6_STATS = {
  mean: 'avg',
  min: 'min',
  p50: 'med',
  p90: 'p(90)',
  p95: 'p(95)',
  p99: 'p(99)',
  p999: 'p(99.9)',
  max: 'max',
} as const;

function exactStats(stats: SummaryStats): ExactStats {
  const entries = Object.entries(K6_STATS).map(([ours, k6s]) => [ours, stats[k6s]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ExactStats;
}
