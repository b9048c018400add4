import { setTimeout as delay } from 'node:timers/promises';
import { renderDuration } from '../../lib/core/config/parse-duration.ts';
import type { RunConfig } from '../../lib/core/config/run-config.ts';
import type { PlatformBlind, PlatformReading } from '../../lib/core/lambda/platform-reading.ts';
import { acceptedSample, isSampled, parseAccepted } from '../../lib/core/load/accepted-sample.ts';
import type { LoadPlan } from '../../lib/core/load/load-plan.ts';
import { peakRate } from '../../lib/core/load/stages.ts';
import { createOrder } from '../../lib/core/order/create-order.ts';
import { contentsOf } from '../../lib/core/reads/read-answer.ts';
import { readsPerSecond } from '../../lib/core/reads/read-pace.ts';
import { queueFacts } from '../../lib/core/report/queue-facts.ts';
import type { RunContext } from '../../lib/core/report/run-context.ts';
import { createLocalLens } from '../../lib/node/platform/local-lens.ts';
import type { PlatformLens } from '../../lib/node/platform/platform-lens.ts';
import { readDispatcher } from '../../lib/node/run/read-dispatcher.ts';
import { type OrderRequest, readStoredOrders } from '../../lib/node/run/read-stored-orders.ts';
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
  readonly k6Version: string;
  readonly say: (line: string) => void;
}

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
      const { share } = acceptedSample(plan);
      const dispatcher = readDispatcher(plan.target, input.env);
      const reads = await readStoredOrders({
        requestOf: readRequests(plan, input.env),
        accepted,
        isSampled: (iteration) => isSampled(iteration, share),
        limitMs: config.drainWaitMs,
        ratePerSecond: readsPerSecond(accepted.length, config.drainWaitMs, peakRate(plan.stages)),
        dispatcher,
        userAgent: `Grafana k6/${input.k6Version}`,
        isQueueEmpty: async () => {
          const waiting = waits ? await lens.waitingMessages() : null;
          return waiting === null ? null : waiting === 0;
        },
        stopped,
      });
      await dispatcher.destroy();
      const platform = await reading();
      const limitMs = config.drainWaitMs;
      const queue = queueFacts({ share, accepted, reads, limitMs, platform });
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

function readRequests(plan: LoadPlan, env: WatchInput['env']) {
  const headersOf = requestHeaders(plan, env);
  const idField = plan.mapping.fields.orderId;
  return (iteration: number): OrderRequest => {
    const order = createOrder(plan, iteration);
    const { orderId } = order;
    const path = plan.mapping.readPath.replace('{orderId}', encodeURIComponent(orderId));
    return {
      url: `${plan.target}${path}`,
      headers: headersOf(path),
      marks: { orderId, idField, contents: contentsOf(JSON.stringify(order), orderId) },
    };
  };
}

function lineOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, ' ').trim();
}
