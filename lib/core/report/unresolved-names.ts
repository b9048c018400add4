import type { NotSentReason } from '../order/not-sent.ts';
import type { FailureTally, RunnerTelemetry, Tally } from '../telemetry/tally.ts';
import { withoutNegatives } from '../telemetry/window-grid.ts';

const WHY: NotSentReason = 'nameServer';

/**
 * The telemetry of a run whose name server failed. Timeouts with a duration of 0 ended before anything was sent: those
 * orders were waiting for their target's name, and count as dropped. Without that failure they waited for the target
 * to accept the connection, and are timeouts.
 */
export function countUnresolvedNames(runner: RunnerTelemetry): RunnerTelemetry {
  const notSent = { ...runner.notSent };
  const steps: Record<string, Tally> = {};
  let dropped = runner.dropped;
  for (const [step, tally] of Object.entries(runner.steps)) {
    const orders = unsentIn(tally);
    steps[step] = withoutUnsent(tally);
    if (orders === 0) continue;
    dropped += orders;
    const ofStep = notSent[step] ?? {};
    notSent[step] = { ...ofStep, [WHY]: (ofStep[WHY] ?? 0) + orders };
  }
  return {
    ...runner,
    steps,
    notSent,
    dropped,
    ...(runner.failures && {
      failures: withoutTimeouts(runner.failures, dropped - runner.dropped),
    }),
    // They were counted as started in an earlier window than that in which they timed out.
    windows: withoutNegatives(
      runner.windows.map((window) => ({
        ...withoutUnsent(window),
        dropped: window.dropped + unsentIn(window),
      })),
    ),
  };
}

function withoutTimeouts(failures: readonly FailureTally[], count: number): FailureTally[] {
  let owed = count;
  return failures.flatMap((failure) => {
    if (failure.outcome !== 'timeout') return [failure];
    const taken = Math.min(owed, failure.orders);
    owed -= taken;
    return taken === failure.orders ? [] : [{ ...failure, orders: failure.orders - taken }];
  });
}

/** Timeouts with a duration of 0. */
function unsentIn({ latencyByOutcome }: Tally): number {
  return latencyByOutcome.timeout?.zeroCount ?? 0;
}

function withoutUnsent<T extends Tally>(tally: T): T {
  const { timeout } = tally.latencyByOutcome;
  if (timeout === undefined || timeout.zeroCount === 0) return tally;
  return {
    ...tally,
    started: tally.started - timeout.zeroCount,
    latencyByOutcome: { ...tally.latencyByOutcome, timeout: { ...timeout, zeroCount: 0 } },
  };
}
