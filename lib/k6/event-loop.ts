import exec from 'k6/execution';
import { clearTimeout, setTimeout } from 'k6/timers';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { isOfShare, isWhole, runnerShare, shareOf } from '../core/load/runner-share.ts';
import { createSchedule } from '../core/load/schedule.ts';
import { WARMUP_SCENARIO } from '../core/telemetry/metric-names.ts';
import {
  enterStep,
  recordInFlight,
  recordNotSent,
  recordScenarioStart,
  recordStarted,
} from './order-metrics.ts';
import { recordedTimes } from './recorded-times.ts';
import { keepTokenFresh } from './renewed-token.ts';
import { reportException } from './report-exception.ts';

/** An order that is due. */
export interface PlacedOrder {
  /** Number of the order, unique over all loops and runners. */
  readonly order: number;
  /** Number of the order in its step. */
  readonly nth: number;
  /** Name of the step in which the order is due. */
  readonly step: string;
  readonly isWarmup: boolean;
  /** Epoch ms at which the load began. */
  readonly startMs: number;
}

/**
 * Sends one order and calls `answered` once, when the order is finished. Must not keep `placed`, which is the same
 * object for every order.
 */
export type PlaceOrder = (placed: PlacedOrder, answered: () => void) => void;

/**
 * An order that has been due for longer than this is dropped. Otherwise a laptop that slept, or a process that was
 * stopped, would afterwards send all orders at once.
 */
const MOST_OVERDUE_MS = 1000;
/** How often the number of orders in flight is recorded; telemetry is pushed as often. */
const REPORT_MS = 1000;
/** Resolution of the timers: `Date.now` is in whole milliseconds. */
const LEAST_SLEEP_MS = 1;

/**
 * The default function of a scenario whose orders are started by k6's event loop: each when it is due by the schedule
 * of the plan, whether or not earlier ones were answered. So no order waits in a VU, and the lateness of each order is
 * known. k6 runs it once in each of the plan's VUs. The returned promise resolves when the last order is finished.
 */
export function eventLoop(plan: LoadPlan, place: PlaceOrder): () => Promise<void> {
  const recordedMs = recordedTimes(plan);
  return () => {
    const { iterationInInstance, name, startTime } = exec.scenario;
    if (iterationInInstance >= plan.clients) return Promise.resolve();
    const isWarmup = name === WARMUP_SCENARIO && plan.warmup !== null;
    return runLoop(plan, place, { loop: iterationInInstance, isWarmup, startTime, recordedMs });
  };
}

interface Loop {
  readonly loop: number;
  readonly isWarmup: boolean;
  readonly startTime: number;
  readonly recordedMs: readonly number[];
}

function runLoop(
  plan: LoadPlan,
  place: PlaceOrder,
  { loop, isWarmup, startTime: startMs, recordedMs }: Loop,
): Promise<void> {
  const stopRenewing = plan.auth.kind === 'renewed' ? keepTokenFresh() : null;
  const { clients, seed } = plan;
  const stages = isWarmup && plan.warmup !== null ? [plan.warmup] : plan.stages;
  const { due, next } = createSchedule(
    isWarmup
      ? { stages, seed, arrivals: { kind: 'even' } }
      : { stages, seed, arrivals: plan.arrivals, recordedMs },
  );
  const share = runnerShare(exec.test.options.executionSegment);
  const runnerLimit = shareOf(plan.maxInFlight, share);
  // A loop with a limit of 0 would never send its orders.
  const most = Math.max(1, Math.floor((runnerLimit + clients - 1 - loop) / clients));
  const placed = { order: 0, nth: 0, step: '', isWarmup, startMs };
  let stage = -1;
  let runnerOrders = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  let isOver = false;

  /** Moves on to the next order of this loop. */
  const nextOfLoop = isWhole(share) && clients === 1 ? next : nextOfSeveral;
  function nextOfSeveral(): boolean {
    while (next()) {
      if (!isOfShare(due.order, share)) continue;
      runnerOrders += 1;
      if ((runnerOrders - 1) % clients === loop) return true;
    }
    return false;
  }
  let isMore = nextOfLoop();

  return new Promise((resolve) => {
    let reporter = setTimeout(report, REPORT_MS);
    function report(): void {
      recordInFlight(mostInFlight, loop);
      mostInFlight = inFlight;
      reporter = setTimeout(report, REPORT_MS);
    }
    const finishIfOver = (): void => {
      if (isMore || inFlight > 0 || isOver) return;
      isOver = true;
      clearTimeout(reporter);
      recordInFlight(mostInFlight, loop);
      stopRenewing?.();
      resolve();
    };
    const answered = (): void => {
      inFlight -= 1;
      // Many responses at once must not delay orders that fall due meanwhile: the timer waits behind all of them.
      if (isMore) startDue();
      finishIfOver();
    };
    const start = (lateMs: number): void => {
      if (due.stage !== stage) {
        stage = due.stage;
        placed.step = stages[stage]?.name ?? '';
        enterStep(placed.step);
      }
      if (lateMs > MOST_OVERDUE_MS) {
        recordNotSent('overdue', placed.step);
        return;
      }
      if (inFlight >= most) {
        recordNotSent('inFlight', placed.step);
        return;
      }
      inFlight += 1;
      if (inFlight > mostInFlight) mostInFlight = inFlight;
      recordStarted(lateMs);
      placed.order = due.order;
      placed.nth = due.nth;
      try {
        place(placed, answered);
      } catch (error) {
        reportException(error);
        inFlight -= 1;
      }
    };
    /** Starts all orders that are due, and returns the time in ms since the load began. */
    const startDue = (): number => {
      const elapsedMs = Date.now() - startMs;
      while (isMore && due.dueMs <= elapsedMs) {
        start(elapsedMs - due.dueMs);
        isMore = nextOfLoop();
      }
      return elapsedMs;
    };
    const tick = (): void => {
      const elapsedMs = startDue();
      if (isMore) setTimeout(tick, Math.max(LEAST_SLEEP_MS, due.dueMs - elapsedMs));
      else finishIfOver();
    };

    if (!isWarmup) recordScenarioStart(startMs);
    if (isMore) setTimeout(tick, Math.max(0, due.dueMs + startMs - Date.now()));
    else finishIfOver();
  });
}
