import { setTimeout as delay } from 'node:timers/promises';
import { isLoopback } from '../../lib/core/config/check-host.ts';
import { renderDuration } from '../../lib/core/config/parse-duration.ts';
import type { RunConfig } from '../../lib/core/config/run-config.ts';
import type { PlatformBlind, PlatformReading } from '../../lib/core/lambda/platform-reading.ts';
import {
  type AcceptedOrder,
  acceptedSample,
  parseAccepted,
} from '../../lib/core/load/accepted-sample.ts';
import type { LoadPlan } from '../../lib/core/load/load-plan.ts';
import { peakRate } from '../../lib/core/load/stages.ts';
import { pathOfOrder } from '../../lib/core/order/contract-checks.ts';
import { orderBodies } from '../../lib/core/order/order-bodies.ts';
import { queueFacts } from '../../lib/core/report/queue-facts.ts';
import type { RunContext } from '../../lib/core/report/run-context.ts';
import { createLocalLens } from '../../lib/node/platform/local-lens.ts';
import type { PlatformLens } from '../../lib/node/platform/platform-lens.ts';
import { readStoredOrders } from '../../lib/node/run/read-stored-orders.ts';
import { requestHeaders } from '../../lib/node/run/request-headers.ts';

/** What a run learns of its target beside the load itself. */
export type PlatformSeen = Pick<RunContext, 'platform' | 'queue'>;

export interface PlatformWatch {
  /** After the load: waits for the queue where there is one, and reads the platform's counters. */
  readonly afterLoad: (after: {
    /** What the scenario handed over. */
    readonly handedOver: readonly string[];
    readonly stopped: () => boolean;
  }) => Promise<PlatformSeen>;
}

export interface WatchInput {
  readonly config: RunConfig;
  readonly plan: LoadPlan;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  /** Lines of the file of bodies, where the plan names one. */
  readonly rows: readonly string[];
}

/** Reads per second are kept below these, and below the load itself. */
const MAX_READS_PER_SECOND = 100;
const MIN_READS_PER_SECOND = 10;
const POLL_MS = 250;

/** Begins to look at the platform, right before the load. A lens that fails is told of in the report. */
export async function watchPlatform(input: WatchInput): Promise<PlatformWatch> {
  const { config, plan, say } = input;
  let isStopped = () => false;
  const lens = await lensOf(config, plan, async (ms) => {
    say(
      `platform  waiting ${renderDuration(ms)} for CloudWatch, which is behind; Ctrl-C reads it now`,
    );
    for (const endMs = Date.now() + ms; Date.now() < endMs && !isStopped(); ) await delay(POLL_MS);
  });
  let problem: string | null = null;
  try {
    await lens?.begin();
  } catch (error) {
    problem = lineOf(error);
  }
  const reading = async (): Promise<PlatformReading | PlatformBlind | null> => {
    if (lens === null) return null;
    if (problem === null) {
      try {
        return await lens.read();
      } catch (error) {
        problem = lineOf(error);
      }
    }
    say(`the platform could not be read: ${problem}`);
    return { lens: lens.name, problem };
  };
  return {
    async afterLoad({ handedOver, stopped }) {
      isStopped = stopped;
      if (!usesQueue(config)) {
        const platform = await reading();
        return platform === null ? {} : { platform };
      }
      const accepted = parseAccepted(handedOver);
      const waits = lens !== null && problem === null;
      const stored = await readStoredOrders({
        requestOf: readRequests(input, accepted),
        iterations: [...accepted]
          .sort((a, b) => a.acceptedMs - b.acceptedMs)
          .map(({ iteration }) => iteration),
        limitMs: config.drainWaitMs,
        ratePerSecond: Math.min(
          MAX_READS_PER_SECOND,
          Math.max(MIN_READS_PER_SECOND, peakRate(plan.stages)),
        ),
        isQueueEmpty: async () => {
          const waiting = waits ? await lens.waitingMessages() : null;
          return waiting === null ? null : waiting === 0;
        },
        stopped,
      });
      const platform = await reading();
      const queue = queueFacts({
        share: acceptedSample(plan).share,
        accepted,
        stored,
        limitMs: config.drainWaitMs,
        sameClock: isLoopback(new URL(plan.target).hostname),
        platform,
      });
      return platform === null ? { queue } : { platform, queue };
    },
  };
}

async function lensOf(
  config: RunConfig,
  plan: LoadPlan,
  settle: (ms: number) => Promise<void>,
): Promise<PlatformLens | null> {
  const isLocal = config.lens === 'local' || (config.lens === 'auto' && config.target === null);
  // Two targets are loaded in turn there, and the counters of one say nothing of the run.
  if (plan.targetB !== undefined) return null;
  const [first, ...others] = config.functions;
  if (config.lens === 'aws' && first !== undefined) {
    // The SDK takes a second to load.
    const { createAwsLens } = await import('../../lib/node/platform/aws-lens.ts');
    const region = config.region ?? undefined;
    return createAwsLens({ functions: [first, ...others], region, settle, nowMs: Date.now });
  }
  if (!isLocal) return null;
  const entry = usesQueue(config) ? 'enqueue-order' : 'create-order';
  return createLocalLens({ baseUrl: plan.target, entry });
}

/** Whether orders go through the queue: a file of the user's own is no such scenario, whatever its name. */
function usesQueue({ scenario, scenarioFile }: RunConfig): boolean {
  return scenario === 'batch' && scenarioFile === null;
}

/** Orders are asked for under the id that their answer named, or else under the one that they brought. */
function readRequests(
  { plan, env, rows }: WatchInput,
  accepted: readonly AcceptedOrder[],
): (iteration: number) => {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const headersOf = requestHeaders(plan, env);
  const { idOf } = orderBodies(plan, plan.mapping, rows);
  const idsMade = new Map(accepted.flatMap(({ iteration, id }) => (id ? [[iteration, id]] : [])));
  return (iteration: number) => {
    const path = pathOfOrder(plan.mapping, idsMade.get(iteration) ?? idOf(iteration));
    return { url: `${plan.target}${path}`, headers: headersOf(path) };
  };
}

function lineOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
