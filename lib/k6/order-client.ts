import http, { type RefinedParams } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { classifyOutcome, storedOutcome } from '../core/order/classify-outcome.ts';
import { orderEncoder } from '../core/order/encode-order.ts';
import type { Order } from '../core/order/order.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { parseServerTiming, type ServerTiming } from '../core/order/parse-server-timing.ts';
import { isWrapped } from './env.ts';
import { createRequestSigner } from './request-signer.ts';

/** One resolved order, as its client saw it. */
export interface OrderAnswer {
  readonly outcome: Outcome;
  /** Sending, waiting and receiving; without the time to connect. */
  readonly durationMs: number;
  /** TCP and TLS, zero on a reused connection. */
  readonly connectMs: number;
  /** Null where the answer carried none. */
  readonly serverTiming: ServerTiming | null;
  /** The answer carried a header that only the order handler adds. */
  readonly handlerSeen: boolean;
}

/** A function that posts one order to the plan's target, never follows a redirect, and never throws for an answer. */
export function createOrderClient(plan: LoadPlan): (order: Order) => OrderAnswer {
  const send = createOrderSender(plan);
  const encode = orderEncoder(plan.mapping);
  return (order) => send(encode(order, Date.now() / 1000));
}

/** The same for an order that is already written as the target wants it. */
export function createOrderSender(plan: LoadPlan): (body: string) => OrderAnswer {
  const { createMethod, createPath, headers, successBody, successStatuses } = plan.mapping;
  const address = `${plan.target}${createPath}`;
  // Parsed here once; k6 would parse a string for every request.
  const url = http.url([address] as unknown as TemplateStringsArray);
  const isTls = address.startsWith('https:');
  const firstSuccessStatus = successStatuses[0];
  const signer = createRequestSigner(plan, {
    method: createMethod,
    path: createPath,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
  const params: RefinedParams<'text'> = {
    headers: signer.fixedHeaders,
    timeout: plan.requestTimeoutMs,
    ...(isWrapped() ? {} : standaloneParams(`${createMethod} ${createPath}`)),
  };

  return (body) => {
    if (signer.perRequest) params.headers = signer.perRequest(body);
    const response = http.request(createMethod, url, body, params);
    // Each property of an answer is read by reflection, at a microsecond or two: only what is needed.
    const { timings, headers: answered, status } = response;
    const orderResult = answered['X-Order-Result'];
    const timingHeader = answered['Server-Timing'];
    const handlerSeen = orderResult !== undefined || timingHeader !== undefined;
    const connectMs = timings.connecting;
    return {
      outcome:
        status === firstSuccessStatus && successBody !== null && response.body === successBody
          ? storedOutcome(orderResult)
          : classifyOutcome({
              status,
              errorCode: response.error_code,
              errorType: answered['X-Amzn-Errortype'],
              orderResult,
              handlerHeadersSeen: handlerSeen,
              bodyOk: successBody === null || response.body === successBody,
              successStatuses,
            }),
      durationMs: timings.duration,
      connectMs: isTls ? connectMs + timings.tls_handshaking : connectMs,
      serverTiming: timingHeader === undefined ? null : parseServerTiming(timingHeader),
      handlerSeen,
    };
  };
}

/**
 * What plain `k6 run` needs said with each request, because a user's own scenario may say otherwise in
 * its options. The wrapper says it once, on k6's command line: k6 reads each of these anew for every
 * request.
 */
function standaloneParams(name: string) {
  return { redirects: 0, responseType: 'text' as const, tags: { name } };
}
