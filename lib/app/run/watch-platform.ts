import { setTimeout as delay } from 'node:timers/promises';
import type { RunConfig } from '../../core/config/run-config.ts';
import { reasonOf } from '../../core/errors/reason-of.ts';
import type { PlatformBlind, PlatformReading } from '../../core/lambda/platform-reading.ts';
import {
  type AcceptedOrder,
  acceptedSample,
  isSampled,
  parseAccepted,
} from '../../core/load/accepted-sample.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';
import { requestUrl } from '../../core/load/request-url.ts';
import { peakRate } from '../../core/load/stages.ts';
import { pathOfOrder } from '../../core/order/contract-checks.ts';
import { orderBodies } from '../../core/order/order-bodies.ts';
import { contentsOf } from '../../core/reads/read-answer.ts';
import { readsPerSecond } from '../../core/reads/read-pace.ts';
import { queueFacts } from '../../core/report/queue-facts.ts';
import type { RunContext } from '../../core/report/run-context.ts';
import { renderDuration } from '../../core/text/parse-duration.ts';
import { type TargetAccess, targetDispatcher } from '../../node/http/target-dispatcher.ts';
import { createLocalLens } from '../../node/platform/local-lens.ts';
import type { PlatformLens } from '../../node/platform/platform-lens.ts';
import { type OrderRequest, readStoredOrders } from '../../node/run/read-stored-orders.ts';
import { requestHeaders } from '../../node/run/request-headers.ts';

/** What a run learns about its target apart from the load itself. */
export type PlatformSeen = Pick<RunContext, 'platform' | 'queue'>;

export interface PlatformWatch {
  /** Called after the load: waits for the queue, if there is one, and reads the platform's counters. */
  readonly afterLoad: (after: {
    /** Records from the scenario. */
    readonly handedOver: readonly string[];
    readonly stopped: () => boolean;
  }) => Promise<PlatformSeen>;
}

export interface WatchInput {
  readonly config: RunConfig;
  readonly plan: LoadPlan;
  readonly access: TargetAccess;
  /** Returns the current token if it is renewed. */
  readonly token: (() => string) | undefined;
  readonly k6Version: string;
  readonly say: (line: string) => void;
  /** Lines of the file of bodies, if the plan names one. */
  readonly rows: readonly string[];
}

const POLL_MS = 250;

/** Starts observing the platform, right before the load. If the lens fails, the report says so. */
export async function watchPlatform(input: WatchInput): Promise<PlatformWatch> {
  const { config, plan, say } = input;
  let isStopped = () => false;
  const lens = await lensOf(config, plan, async (ms) => {
    say(`platform  waiting ${renderDuration(ms)} for CloudWatch to catch up; Ctrl-C reads it now`);
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
      if (!config.question.traits.usesQueue) {
        const platform = await reading();
        return platform === null ? {} : { platform };
      }
      const accepted = parseAccepted(handedOver);
      const waits = lens !== null && problem === null;
      const { share } = acceptedSample(plan);
      const dispatcher = targetDispatcher(plan.target, input.access);
      const reads = await readStoredOrders({
        requestOf: readRequests(input, accepted),
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
  // With two targets loaded in turn, the counters of one do not describe the run.
  if (plan.targetB !== undefined) return null;
  const [first, ...others] = config.functions;
  if (config.lens === 'aws' && first !== undefined) {
    // The SDK takes a second to load.
    const { createAwsLens } = await import('../../node/platform/aws-lens.ts');
    const region = config.region ?? undefined;
    return createAwsLens({ functions: [first, ...others], region, settle, nowMs: Date.now });
  }
  if (!isLocal) return null;
  const entry = config.question.traits.usesQueue ? 'enqueue-order' : 'create-order';
  return createLocalLens({ baseUrl: plan.target, entry });
}

/** Reads an order by the id in its response or, failing that, by the id that it was sent with. */
function readRequests(
  { plan, access, token, rows }: WatchInput,
  accepted: readonly AcceptedOrder[],
): (iteration: number) => OrderRequest {
  const { mapping } = plan;
  const headersOf = requestHeaders(plan, access.env, token);
  const { idOf, write } = orderBodies(plan, mapping, rows);
  const idsFromApi = new Map(
    accepted.flatMap(({ iteration, id }) => (id ? [[iteration, id]] : [])),
  );
  const isBuiltIn = mapping.body === null && mapping.bodies === null && mapping.idFrom === null;
  return (iteration: number): OrderRequest => {
    const orderId = idsFromApi.get(iteration) ?? idOf(iteration);
    if (orderId === null) throw new Error('the id of the order is not known');
    const path = pathOfOrder(mapping, orderId);
    return {
      url: requestUrl(plan, path),
      headers: headersOf(path),
      marks: {
        orderId,
        idField: isBuiltIn ? mapping.fields.orderId : null,
        contents: contentsOf(write(iteration, false, 0), orderId),
      },
    };
  };
}

function lineOf(error: unknown): string {
  const text = reasonOf(error);
  return text.replace(/\s+/g, ' ').trim();
}
