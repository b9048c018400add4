import type { TokenFacts } from '../auth/token-facts.ts';
import type { RunFacts } from './run-facts.ts';
import { compareText, distinctExits, sortByName, topExceptions } from './run-facts.ts';
import type { Report, RunStatus } from './schema/report-schema.ts';

const STATUS_ORDER: readonly RunStatus[] = ['completed', 'aborted', 'interrupted'];

/** The facts of a run that its report was computed with. */
export function factsOfReport({
  run,
  load,
  target,
  targetB,
  orders,
  generator,
  latencyMs,
}: Report): RunFacts {
  const { verdict: _verdict, reasons: _reasons, loadStartedAt: _start, ...kept } = run;
  const { all, success } = latencyMs;
  return {
    run: kept,
    target,
    ...(targetB === undefined ? {} : { targetB }),
    ...(load.request && { request: load.request }),
    orders: ordersOf(orders),
    generator: {
      cpuSeconds: generator.cpuSeconds,
      peakRssBytes: generator.peakRssBytes,
      peakCpuShare: generator.peakCpuShare,
      saturatedAt: generator.saturatedAt ?? null,
      why: generator.why,
      ...(generator.heldBack && { heldBack: generator.heldBack }),
      ...(generator.token && { token: generator.token }),
      exceptions: generator.exceptions,
    },
    exact: {
      ...(all.exact === undefined ? {} : { all: all.exact }),
      ...(success.exact === undefined ? {} : { success: success.exact }),
    },
  };
}

function ordersOf({
  iterations: _iterations,
  warmupIterations: _warmup,
  ...kept
}: Report['orders']): RunFacts['orders'] {
  return kept;
}

/**
 * The facts of several runners as one: CPU time and CPUs are added, memory and CPU share are those of the
 * worst runner. One saturated generator makes the whole saturated.
 */
export function addFacts(all: readonly RunFacts[]): RunFacts {
  const first = all[0] as RunFacts;
  if (all.length === 1) return first;
  const runs = all.map(({ run }) => run);
  const generators = all.map(({ generator }) => generator);
  return {
    run: {
      ...first.run,
      label: distinct(runs.map((run) => run.label)),
      startedAt: sortedText(runs.map((run) => run.startedAt))[0] as string,
      endedAt: sortedText(runs.map((run) => run.endedAt)).at(-1) as string,
      status: STATUS_ORDER[
        Math.max(...runs.map((run) => STATUS_ORDER.indexOf(run.status)))
      ] as RunStatus,
      gitCommit: distinct(runs.map((run) => run.gitCommit)),
      suiteVersion: distinct(runs.map((run) => run.suiteVersion)) as string,
      k6Version: distinct(runs.map((run) => run.k6Version)) as string,
      nodeVersion: distinct(runs.map((run) => run.nodeVersion)) as string,
      configHash: distinct(runs.map((run) => run.configHash)) as string,
      hostCpus: sum(runs.map((run) => run.hostCpus)),
      runners: sortByName(runs.flatMap((run) => run.runners)),
      k6Exits: distinctExits(runs.flatMap((run) => run.k6Exits)),
      telemetryFaults: sortedText([...new Set(runs.flatMap((run) => run.telemetryFaults))]),
      abortReason: distinct(runs.map((run) => run.abortReason)),
    },
    target: first.target,
    ...(first.targetB === undefined ? {} : { targetB: first.targetB }),
    ...(first.request && { request: first.request }),
    orders: first.orders,
    generator: {
      cpuSeconds: combine(
        generators.map((g) => g.cpuSeconds),
        sum,
      ),
      peakRssBytes: combine(
        generators.map((g) => g.peakRssBytes),
        max,
      ),
      peakCpuShare: combine(
        generators.map((g) => g.peakCpuShare),
        max,
      ),
      saturatedAt: earliest(generators.map((g) => g.saturatedAt)),
      why: distinct(generators.map((g) => g.why)),
      ...addHeldBack(generators.flatMap((g) => g.heldBack ?? [])),
      ...addTokens(generators.flatMap((g) => g.token ?? [])),
      exceptions: topExceptions(generators.flatMap((g) => g.exceptions)),
    },
    exact: {},
  };
}

/** The value that all share, or the different ones in a fixed order; null if there is none. */
function distinct(values: readonly (string | null)[]): string | null {
  const known = [...new Set(values.filter((value) => value !== null))];
  return known.length === 0 ? null : sortedText(known).join(' | ');
}

type HeldBack = NonNullable<RunFacts['generator']['heldBack']>;

/** The largest known value of any runner. */
function addHeldBack(all: readonly HeldBack[]): { heldBack?: HeldBack } {
  if (all.length === 0) return {};
  const most = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    heldBack: {
      quotaMs: most(all.map(({ quotaMs }) => quotaMs)),
      pressureShare: most(all.map(({ pressureShare }) => pressureShare)),
    },
  };
}

function addTokens(all: readonly TokenFacts[]): { token?: TokenFacts } {
  if (all.length === 0) return {};
  return {
    token: {
      renewals: sum(all.map(({ renewals }) => renewals)),
      failures: sum(all.map(({ failures }) => failures)),
      lastFailure: distinct(all.map(({ lastFailure }) => lastFailure)),
      refusedOrders: sum(all.map(({ refusedOrders }) => refusedOrders)),
    },
  };
}

/** ISO times sort as text. */
function earliest(times: readonly (string | null)[]): string | null {
  return sortedText(times.filter((time) => time !== null))[0] ?? null;
}

/** Null if any runner's value is unknown, because a sum without it would be too low. */
function combine(
  values: readonly (number | null)[],
  together: (values: readonly number[]) => number,
): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? together(known) : null;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const max = (values: readonly number[]) => Math.max(...values);
const sortedText = (values: readonly string[]) => [...values].sort(compareText);
