import { erlangB } from '../../lib/core/judge/erlang-b.ts';
import {
  DEFAULT_ORDER_API_CONFIG,
  type OrderApiConfig,
} from '../../order-api/config/order-api-config.ts';
import type { GroundTruth } from '../../order-api/lambda/ground-truth.ts';
import { startOrderApi } from '../../order-api/start-order-api.ts';
import { type PoissonAnswers, sendPoissonLoad } from './poisson-load.ts';
import { simulateLoss, simulateSpillover } from './scenarios.ts';

export interface HttpExperiment {
  readonly kind: 'loss' | 'spillover';
  /** In erlangs, by the nominal service time. */
  readonly load: number;
  readonly servers: number;
  readonly seed: number;
}

/** Experiments over HTTP: refusals by reserved concurrency, and one spill-over from provisioned concurrency. */
export const HTTP_EXPERIMENTS: readonly HttpExperiment[] = [
  { kind: 'loss', load: 1, servers: 2, seed: 11 },
  { kind: 'loss', load: 5, servers: 5, seed: 12 },
  { kind: 'loss', load: 5, servers: 10, seed: 13 },
  { kind: 'loss', load: 10, servers: 10, seed: 14 },
  { kind: 'spillover', load: 4, servers: 5, seed: 15 },
];

export interface HttpOutcome extends HttpExperiment {
  readonly sent: number;
  readonly failed: number;
  /** In erlangs: requests per ms × mean busy time per invocation. */
  readonly measuredLoad: number;
  /** Share of the requests that were refused, or that spilled over. */
  readonly measured: number;
  readonly expected: number;
  /** Standard error of such a share in an experiment of this length. */
  readonly standardError: number;
  /** Mean concurrency from the platform's count of busy environments, and from Little's law. */
  readonly meanBusy: number;
  readonly littlesLaw: number;
}

const SERVICE_MS = 100;
const WARM_UP_SECONDS = 1;
const REPLICATIONS = 200;

/** Runs one experiment against its own order API in this process. */
export async function runHttpExperiment(
  experiment: HttpExperiment,
  seconds: number,
): Promise<HttpOutcome> {
  const { kind, load, servers, seed } = experiment;
  const api = await startOrderApi(configOf(experiment), () => {});
  try {
    const answers = await sendPoissonLoad({
      url: `${api.url}/orders`,
      perSecond: (load * 1000) / SERVICE_MS,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds,
      seed,
    });
    const truth = (await (await fetch(`${api.url}/__truth`)).json()) as GroundTruth;
    const counts = truth.functions['create-order'];
    if (counts === undefined) throw new Error('the order API has no function create-order');
    const meanServiceMs = counts.busyMs / counts.invocations;
    const measuredLoad = (answers.sent / answers.elapsedMs) * meanServiceMs;
    const measured =
      kind === 'loss'
        ? answers.throttled / answers.sent
        : counts.provisionedSpillovers / counts.invocations;
    return {
      ...experiment,
      sent: answers.sent,
      failed: answers.failed,
      measuredLoad,
      measured,
      expected: erlangB(measuredLoad, servers),
      standardError: standardError(experiment, measuredLoad, answers.sent),
      meanBusy: counts.busyMs / ((WARM_UP_SECONDS + seconds) * 1000),
      littlesLaw: littlesLaw(answers),
    };
  } finally {
    await api.stop();
  }
}

function configOf({ kind, servers, seed }: HttpExperiment): OrderApiConfig {
  return {
    ...DEFAULT_ORDER_API_CONFIG,
    store: { kind: 'memory' },
    memoryMb: 1769,
    workMs: 0,
    ioMs: SERVICE_MS,
    initMs: 0,
    seed,
    ...(kind === 'loss'
      ? { reservedConcurrency: servers }
      : { provisionedConcurrency: servers, idleSeconds: 0 }),
  };
}

/**
 * Refusals come in clusters, so the binomial formula is too small. Instead, simulated repetitions of the same length
 * show how far measured shares are from Erlang-B at their own measured load.
 */
function standardError({ kind, servers }: HttpExperiment, load: number, requests: number): number {
  let squares = 0;
  for (let seed = 1; seed <= REPLICATIONS; seed += 1) {
    const system = { load, servers, law: 'deterministic', requests, seed: seed * 7919 } as const;
    const result = kind === 'loss' ? simulateLoss(system) : simulateSpillover(system);
    const share =
      kind === 'loss'
        ? result.rejectedRatio
        : result.model.counts().provisionedSpillovers / result.served;
    squares += (share - erlangB(requests / result.elapsedMs, servers)) ** 2;
  }
  return Math.sqrt(squares / REPLICATIONS);
}

function littlesLaw({ served, elapsedMs, meanHandlerMs }: PoissonAnswers): number {
  return (served / elapsedMs) * meanHandlerMs;
}
