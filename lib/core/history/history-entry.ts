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
export const HISTORY_VERSION = '1.3';

const positive = (meaning: string, unit: string) =>
  z.number().nonnegative().nullable().describe(meaning).meta({ unit });

const latencySchema = z.object({
  count: z
    .int()
    .nonnegative()
    .describe('Orders that the percentiles are of.')
    .meta({ unit: 'orders' }),
  p50: positive('Median. Null when there was no value.', 'ms'),
  p95: positive('95th percentile. Null when there was no value.', 'ms'),
  p99: positive('99th percentile. Null when there was no value.', 'ms'),
});

const historyTargetSchema = z
  .object({
    label: z.string().describe('Name of the target.'),
    platform: z.enum(['local', 'aws', 'other']).describe('Where it runs.'),
    deployment: z.string().nullable().describe('Id of the deployment, or null when unknown.'),
  })
  .meta({ id: 'HistoryTarget' });

/** The one source of the history's format: its types and docs/history-format.md derive from it. */
export const historyEntrySchema = z
  .object({
    historyVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('Version of the format, major.minor; the first field of every line.'),
    run: z.string().min(1).describe('Id of the run. A second line of the same run is ignored.'),
    startedAt: z.iso.datetime().describe('When k6 was started.').meta({ unit: 'ISO 8601, UTC' }),
    scenario: z.string().describe('Name of the scenario.'),
    profile: z.string().describe('Size of the run: quick, standard or long.'),
    load: z
      .object({
        ratePerSecond: z
          .number()
          .nonnegative()
          .describe('Peak arrival rate that was asked for.')
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
          .describe('When an order without an answer was given up. Absent before version 1.1.')
          .meta({ unit: 'ms' }),
        arrivals: z
          .string()
          .optional()
          .describe(
            'How the orders followed each other: even, poisson, cv:NUMBER or the name of a recording with its hash. Absent before version 1.2, where it was even.',
          ),
      })
      .describe('The load that was asked for.'),
    target: historyTargetSchema,
    targetB: historyTargetSchema.optional().describe('Arm B of an ab run. Absent in any other.'),
    facts: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'What else was loaded, and how, by name: address with path, shape of the load, timeout, retries, clients, request, spelling of orders (a hash), HTTP version, authentication, names of headers, store. A name that a line lacks tells it from no other. Absent before version 1.3.',
      ),
    label: z.string().nullable().describe('Name that the user gave to the run, or null.'),
    release: z
      .string()
      .nullable()
      .optional()
      .describe(
        'Version of the order API that was loaded, or null. It makes no series. Absent before version 1.3.',
      ),
    commit: z
      .string()
      .nullable()
      .describe('Commit of the checkout that ran, or null outside of one.'),
    status: z
      .enum(['completed', 'aborted', 'interrupted'])
      .describe('Whether the run came to its planned end.'),
    verdict: z.enum(['pass', 'fail', 'invalid']).describe('Verdict of the report.'),
    configHash: z.string().describe('Hash of the effective configuration without secrets.'),
    hostCpus: z
      .int()
      .positive()
      .describe('CPUs of the machine that made the load.')
      .meta({ unit: 'count' }),
    k6Version: z.string().describe('Version of k6.'),
    suiteVersion: z.string().describe('Version of this suite.'),
    reportVersion: z
      .string()
      .describe('`schemaVersion` of the report that the line was made from.'),
    latencyMs: latencySchema.describe(
      'Latency of created and duplicate orders (`latencyMs.success` of the report).',
    ),
    judgedMs: latencySchema
      .optional()
      .describe(
        'Latency that comparisons and trends judge: that of created and duplicate orders, and each timeout at the request timeout. Absent before version 1.1, where `latencyMs` stands in.',
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
          .describe('Of those, orders that were not stored, dropped and unresolved ones included.')
          .meta({ unit: 'orders' }),
        overdispersion: z
          .number()
          .min(1)
          .describe(
            'By how much failures cluster in time: variance of ten batches of windows over that of independent orders, at least 1. Offered / overdispersion is the number of orders that tell as much.',
          )
          .meta({ unit: 'ratio' }),
      })
      .describe('Orders stored over orders offered.'),
    rps: positive('Orders started per second while load was made; null when none was.', 'orders/s'),
    dropped: z
      .int()
      .nonnegative()
      .describe('Orders that fell due and were not sent.')
      .meta({ unit: 'orders' }),
    coldStarts: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Answers marked as cold starts, or null when not known.')
      .meta({ unit: 'count' }),
  })
  .describe('One run: what was run, where, and its run-level statistics.');

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** The run-level statistics of a report, as one entry of the history. */
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

/** Orders that were resolved or dropped in a window; unresolved ones belong to none. */
function failuresIn({ outcomes, dropped }: Report['windows'][number]) {
  const resolved = resolvedOf(outcomes);
  return { hits: resolved - servedOf(outcomes) + dropped, trials: resolved + dropped };
}

/**
 * What runs must have in common for their figures to belong to one series: scenario, profile, load, arrivals,
 * what `loadFacts` knows of target and requests, and the size of the machine that made the load. Neither the name
 * that the user gave nor the release is in it. Two entries that know the same are of one series when the texts are
 * equal; `seriesOf` also knows where older lines belong. The text itself is for nothing else.
 */
export function seriesKey(entry: HistoryEntry): string {
  const { scenario, profile, load, target, targetB, hostCpus, facts } = entry;
  if (facts === undefined) return oldSeriesKey(entry);
  const places = [target, targetB].map((one) => one && [one.platform, one.deployment]);
  const { ratePerSecond, durationSeconds, arrivals = 'even' } = load;
  const known = Object.keys(facts).sort();
  return JSON.stringify([
    scenario,
    profile,
    ratePerSecond,
    durationSeconds,
    arrivals,
    hostCpus,
    ...places,
    known.map((name) => [name, facts[name]]),
  ]);
}

/** The same of a line from before version 1.3. Change points that were confirmed then hold this text. */
export function oldSeriesKey(entry: HistoryEntry): string {
  const { scenario, profile, load, target, targetB, hostCpus } = entry;
  const places = [target, targetB].map((one) => one && [one.label, one.platform, one.deployment]);
  const { ratePerSecond, durationSeconds, arrivals = 'even' } = load;
  // Without a word where it is even, as before version 1.2.
  const shape = [ratePerSecond, durationSeconds, ...(arrivals === 'even' ? [] : [arrivals])];
  return JSON.stringify([scenario, profile, ...shape, hostCpus, ...places]);
}
