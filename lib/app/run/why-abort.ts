import type { LoadPlan } from '../../core/load/load-plan.ts';
import { totalOrders } from '../../core/load/stages.ts';
import { abortReason } from '../../core/report/abort-reason.ts';
import type { LiveLatency } from '../../questions/question.ts';
import { questionOf } from '../../questions/registry.ts';

/** What has been counted so far in a run. */
export interface LoadSoFar extends LiveLatency {
  /** Orders sent again after a failure. */
  readonly resent: number;
  /** Requests of any kind, as k6 counts them. */
  readonly httpRequests: number;
}

export interface AbortRules {
  readonly plan: Pick<LoadPlan, 'scenario' | 'question' | 'stages' | 'slo'>;
  readonly maxRequests: number;
  /** The scenario is a file of the user's own, which may send anything. */
  readonly isOwnScenario: boolean;
  /** Whether a target that has collapsed ends the run. */
  readonly abort: boolean;
}

/** Why a run is to be stopped now, or null. `recent` are the latest closed seconds, oldest first. */
export function whyAbort(
  live: LoadSoFar,
  recent: readonly LiveLatency[],
  { plan, maxRequests, isOwnScenario, abort }: AbortRules,
): string | null {
  const orders = live.started + live.resent;
  if (orders > maxRequests) return aboveCap(`${orders} orders`, maxRequests);
  // An iteration of a user's own scenario may send any number of requests.
  const requests = isOwnScenario ? live.httpRequests : 0;
  if (requests > maxRequests) return aboveCap(`${requests} requests`, maxRequests);
  if (!abort) return null;
  const { scenario, question, stages, slo } = plan;
  const plannedOrders = totalOrders(stages);
  const collapse = { plannedOrders: question.judgedBy === 'step' ? null : plannedOrders, slo };
  const reason = abortReason(live, recent, collapse);
  if (reason !== null) return reason;
  return questionOf(scenario)?.abortReason?.(live, recent, { plannedOrders, slo }) ?? null;
}

function aboveCap(sent: string, maxRequests: number): string {
  return `${sent} were sent, more than the cap of ${maxRequests}; raise it with --max-requests.`;
}
