import type { HistoryEntry } from '../../history/history-entry.ts';
import { entrySentPerSecond } from '../../history/sent-per-second.ts';
import { judgedLatencyMs } from '../../trend/trend-metric.ts';
import { runVerdict } from '../run/run-verdict.ts';
import type { RunVerdict } from '../run/verdict-texts.ts';
import { shortCommit } from '../trend/change-text.ts';

/** One run, with the place of its report. */
export interface ResultRun {
  readonly entry: HistoryEntry;
  /** Folder of its report.json, relative to the page, or null if the report is gone. */
  readonly folder: string | null;
}

/** A run as the script of a page reads it. */
export interface PageRun {
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly scenario: string;
  readonly profile: string;
  readonly verdict: RunVerdict;
  /** How it ended, if not as planned; empty otherwise. */
  readonly status: string;
  /** Why it has its verdict; empty if the history does not say. */
  readonly reason: string;
  /** Ratio; null if nothing was offered. */
  readonly success: number | null;
  /** Judged latency in ms (`judgedLatencyMs`), each null without a value. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly sentPerSecond: number | null;
  /** Highest rate that met the SLO, in a run that measured a limit; null in any other. */
  readonly heldPerSecond: number | null;
  /** Whether it is an ab run, whose report holds both sides. */
  readonly isAb: boolean;
  /** Version of the order API; empty if unknown. */
  readonly release: string;
  readonly commit: string;
  readonly label: string;
  /** Relative to the page; null if the report is gone. */
  readonly folder: string | null;
}

/** The runs, newest first. */
export function pageRuns(runs: readonly ResultRun[]): PageRun[] {
  return runs.map(pageRun).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

function pageRun({ entry, folder }: ResultRun): PageRun {
  const { p50, p95, p99 } = judgedLatencyMs(entry);
  return {
    run: entry.run,
    startedAt: entry.startedAt,
    scenario: entry.scenario,
    profile: entry.profile,
    verdict: runVerdict(entry),
    status: entry.status === 'completed' ? '' : entry.status,
    reason: entry.reason ?? '',
    success: rounded(entry.success.ratio),
    p50Ms: rounded(p50),
    p95Ms: rounded(p95),
    p99Ms: rounded(p99),
    sentPerSecond: rounded(entrySentPerSecond(entry)),
    heldPerSecond: entry.heldPerSecond ?? null,
    isAb: entry.targetB !== undefined,
    release: entry.release ?? '',
    commit: shortCommit(entry.commit),
    label: entry.label ?? entry.target.label,
    folder,
  };
}

/** Where each run is in the list of the page, by its id. */
export function positionsOf(runs: readonly PageRun[]): ReadonlyMap<string, number> {
  return new Map(runs.map(({ run }, position) => [run, position]));
}

/** Seven digits are more than the page shows, and half of what a number may take. */
export function rounded(value: number): number;
export function rounded(value: number | null): number | null;
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(7));
}
