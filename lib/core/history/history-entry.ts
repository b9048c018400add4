import * as z from 'zod';
import { countOf } from '../histogram/count.ts';
import { quantile } from '../histogram/quantile.ts';
import { durationSeconds, peakRate } from '../load/stages.ts';
import { resolvedOf, servedOf } from '../report/outcome-counts.ts';
import { overdispersion } from '../report/overdispersion.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { judgedLatency } from '../report/thresholds.ts';
import { arrivalsName } from './arrivals-name.ts';
import { QUANTILES } from './latency-metric.ts';
import { loadFacts } from './load-facts.ts';

/** Version that this suite writes. Within major 1, fields are only added. */
export const HISTORY_VERSION = '1.4';

const positive = (meaning: string, unit: string) =>
  z.number().nonnegative().nullable().describe(meaning).meta({ unit });

const latencySchema = z.object({
  count: z
    .int()
    .nonnegative()
    .describe('Number of orders in the percentiles.')
    .meta({ unit: 'orders' }),
  p50: positive('Median. Null without any order.', 'ms'),
  p95: positive('95th percentile. Null without any order.', 'ms'),
  p99: positive('99th percentile. Null without any order.', 'ms'),
});

const historyTargetSchema = z
  .object({
    label: z.string().describe('Name of the target.'),
    platform: z.enum(['local', 'aws', 'other']).describe('Where it runs.'),
    deployment: z.string().nullable().describe('Id of the deployment, or null when unknown.'),
  })
  .meta({ id: 'HistoryTarget' });

/** The only definition of the history's format: its types are derived from it. See docs/history-format.md. */
export const historyEntrySchema = z
  .object({
    historyVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('Version of the format, major.minor; the first field of every line.'),
    run: z.string().min(1).describe('Id of the run. A second line of the same run is ignored.'),
    startedAt: z.iso.datetime().describe('When k6 started.').meta({ unit: 'ISO 8601, UTC' }),
    scenario: z.string().describe('Scenario that was run.'),
    profile: z.string().describe('Size of the run: quick, standard or long.'),
    load: z
      .object({
        ratePerSecond: z
          .number()
          .nonnegative()
          .describe('Planned peak arrival rate.')
          .meta({ unit: 'orders/s' }),
        durationSeconds: z
          .number()
          .nonnegative()
          .describe('Planned length without warm-up.')
          .meta({ unit: 's' }),
        requestTimeoutMs: z
          .number()
          .positive()
          .optional()
          .describe('Request timeout. Absent before version 1.1.')
          .meta({ unit: 'ms' }),
        arrivals: z
          .string()
          .optional()
          .describe(
            'How the orders arrived: even, poisson, cv:NUMBER, or `recorded` with the hash of the recording. Absent before version 1.2, where arrivals were even.',
          ),
      })
      .describe('The planned load.'),
    target: historyTargetSchema,
    targetB: historyTargetSchema.optional().describe('Arm B of an ab run. Absent in any other.'),
    facts: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'Further facts about the load and the target, by name: address with path, shape of the load, timeout, retries, clients, request, format of orders (a hash), HTTP version, authentication, names of headers, store. A fact that a line lacks does not separate it from other lines. Absent before version 1.3.',
      ),
    label: z.string().nullable().describe('Name that the user gave to the run, or null.'),
    release: z
      .string()
      .nullable()
      .optional()
      .describe(
        'Version of the order API under test, or null. It does not separate series. Absent before version 1.3.',
      ),
    commit: z
      .string()
      .nullable()
      .describe('Commit of the checkout that ran the load, or null outside of a checkout.'),
    status: z
      .enum(['completed', 'aborted', 'interrupted'])
      .describe('Whether the run reached its planned end.'),
    verdict: z.enum(['pass', 'fail', 'invalid']).describe('Verdict of the run.'),
    reason: z
      .string()
      .optional()
      .describe('Why, in one sentence: the first of `run.reasons`. Absent before version 1.4.'),
    slo: z
      .object({
        successRatio: z
          .number()
          .min(0)
          .max(1)
          .describe('Lowest acceptable success.')
          .meta({ unit: 'ratio' }),
        p95Ms: z.number().positive().describe('Highest acceptable p95.').meta({ unit: 'ms' }),
      })
      .optional()
      .describe('The SLOs of the run. Absent before version 1.4.'),
    heldPerSecond: z
      .number()
      .nonnegative()
      .nullable()
      .optional()
      .describe(
        'Highest rate that met the SLO, in a run that measures a limit (ramp, breakpoint); null if none did. Absent in any other run, and before version 1.4.',
      )
      .meta({ unit: 'orders/s' }),
    configHash: z.string().describe('Hash of the effective configuration without secrets.'),
    hostCpus: z
      .int()
      .positive()
      .describe('CPUs of the machine that ran the load.')
      .meta({ unit: 'count' }),
    k6Version: z.string().describe('Version of k6.'),
    suiteVersion: z.string().describe('Version of this suite.'),
    reportVersion: z.string().describe('`schemaVersion` of the report behind the line.'),
    latencyMs: latencySchema.describe(
      'Latency of created and duplicate orders (`latencyMs.success` of the report).',
    ),
    judgedMs: latencySchema
      .optional()
      .describe(
        'Latency that comparisons and trends judge: that of created and duplicate orders, with each timeout counted at the request timeout. Absent before version 1.1, where `latencyMs` is used instead.',
      ),
    success: z
      .object({
        ratio: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .describe('1 − failures / offered. Null when nothing was offered.')
          .meta({ unit: 'ratio' }),
        offered: z.int().nonnegative().describe('Orders that fell due.').meta({ unit: 'orders' }),
        failures: z
          .int()
          .nonnegative()
          .describe('Offered orders that were not stored, including dropped and unresolved ones.')
          .meta({ unit: 'orders' }),
        overdispersion: z
          .number()
          .min(1)
          .describe(
            'How strongly failures cluster in time: variance of ten batches of windows over that of independent orders, at least 1. Offered / overdispersion is the number of independent orders that carry as much information.',
          )
          .meta({ unit: 'ratio' }),
      })
      .describe('Success: stored orders over offered orders.'),
    rps: positive('Orders sent per second during the load; null if none was sent.', 'orders/s'),
    dropped: z
      .int()
      .nonnegative()
      .describe('Orders that fell due and were never sent.')
      .meta({ unit: 'orders' }),
    coldStarts: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Responses marked as cold starts, or null if not known.')
      .meta({ unit: 'count' }),
  })
  .describe('One run: its load and target, and its run-level statistics.');

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** The history entry of a report. */
export function historyEntryOf(report: Report): HistoryEntry {
  const { run, load, requests, latencyMs, lambda, targetB } = report;
  const { created, duplicate } = requests.outcomes;
  const failures = requests.offered - created - duplicate;
  const { count, p50, p95, p99 } = latencyMs.success;
  return {
    historyVersion: HISTORY_VERSION,
    run: run.id,
    startedAt: run.startedAt,
    scenario: run.scenario,
    profile: run.profile,
    load: {
      ratePerSecond: load.arrivals?.peakPerSecond ?? peakRate(load.stages),
      durationSeconds: durationSeconds(load.stages),
      requestTimeoutMs: load.requestTimeoutMs,
      arrivals: arrivalsName(load.arrivals),
    },
    target: targetOf(report.target),
    ...(targetB && { targetB: targetOf(targetB) }),
    facts: loadFacts(report),
    label: run.label,
    release: run.release ?? null,
    commit: run.gitCommit,
    status: run.status,
    verdict: run.verdict,
    ...(run.reasons[0] !== undefined && { reason: run.reasons[0] }),
    slo: { successRatio: load.slo.successRatio, p95Ms: load.slo.p95Ms },
    configHash: run.configHash,
    hostCpus: run.hostCpus,
    k6Version: run.k6Version,
    suiteVersion: run.suiteVersion,
    reportVersion: report.schemaVersion,
    latencyMs: { count, p50, p95, p99 },
    judgedMs: judgedOf(report),
    success: {
      ratio: requests.successRatio,
      offered: requests.offered,
      failures,
      overdispersion: overdispersion(report.windows.map(failuresIn)),
    },
    rps: requests.rps,
    dropped: requests.dropped,
    coldStarts: lambda.coldStarts.value,
  };
}

function judgedOf({ latencyMs, requests, load }: Report): z.infer<typeof latencySchema> {
  const judged = judgedLatency(
    latencyMs.success.histogram,
    requests.outcomes.timeout,
    load.requestTimeoutMs,
  );
  return {
    count: countOf(judged),
    p50: quantile(judged, QUANTILES.p50),
    p95: quantile(judged, QUANTILES.p95),
    p99: quantile(judged, QUANTILES.p99),
  };
}

function targetOf({ label, platform, deployment }: Report['target']): HistoryEntry['target'] {
  return { label, platform, deployment };
}

/** Orders that got an outcome or were dropped in a window; unresolved ones belong to no window. */
function failuresIn({ outcomes, dropped }: Report['windows'][number]) {
  const resolved = resolvedOf(outcomes);
  return { hits: resolved - servedOf(outcomes) + dropped, trials: resolved + dropped };
}

/**
 * What runs must have in common to belong to one series: scenario, profile, load, arrivals, the facts of
 * `loadFacts`, and the CPU count of the machine that ran the load. The user's label and the release do not count.
 * Two entries with the same set of facts belong to one series if the texts are equal; `seriesOf` also places older
 * lines. The text has no other use.
 */
export function seriesKey(entry: HistoryEntry): string {
  const { facts } = entry;
  if (facts === undefined) return oldSeriesKey(entry);
  const known = Object.keys(facts).sort();
  return JSON.stringify([...commonFacts(entry), known.map((name) => [name, facts[name]])]);
}

/** What every line says about its load and target, whatever its version. */
export function commonFacts(entry: HistoryEntry): readonly unknown[] {
  const { scenario, profile, load, target, targetB, hostCpus } = entry;
  const { ratePerSecond, durationSeconds, arrivals = 'even' } = load;
  const places = [target, targetB].map((one) => one && [one.platform, one.deployment]);
  return [scenario, profile, ratePerSecond, durationSeconds, arrivals, hostCpus, ...places];
}

/** The series key of a line from before version 1.3. Change points confirmed at that time contain this text. */
export function oldSeriesKey(entry: HistoryEntry): string {
  const { scenario, profile, load, target, targetB, hostCpus } = entry;
  const places = [target, targetB].map((one) => one && [one.label, one.platform, one.deployment]);
  const { ratePerSecond, durationSeconds, arrivals = 'even' } = load;
  // Even arrivals are left out, as before version 1.2.
  const shape = [ratePerSecond, durationSeconds, ...(arrivals === 'even' ? [] : [arrivals])];
  return JSON.stringify([scenario, profile, ...shape, hostCpus, ...places]);
}
