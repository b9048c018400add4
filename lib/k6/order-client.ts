import http, { type RefinedParams } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { classifyOutcome } from '../core/order/classify-outcome.ts';
import { encodeOrder } from '../core/order/encode-order.ts';
import type { Order } from '../core/order/order.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { parseServerTiming, type ServerTiming } from '../core/order/parse-server-timing.ts';
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

/**
 * A function that posts one order to the plan's target, never follows a redirect, and never throws for an
 * answer. `tags` are those of its requests; `nowMs`, epoch ms, decides the TTL of an order that has one.
 */
export function createOrderClient(
  plan: LoadPlan,
  tags: Readonly<Record<string, string>> = {},
): (order: Order, nowMs?: number) => OrderAnswer {
  const { mapping } = plan;
  const url = `${plan.target}${mapping.createPath}`;
  const isTls = url.startsWith('https:');
  const staticHeaders = { 'Content-Type': 'application/json', ...mapping.headers };
  const signer = createRequestSigner(plan, {
    method: mapping.createMethod,
    path: mapping.createPath,
    headers: staticHeaders,
  });
  const params: RefinedParams<'text'> = {
    headers: signer.fixedHeaders,
    timeout: plan.requestTimeoutMs,
    redirects: 0,
    responseType: 'text',
    tags: { ...tags, name: `${mapping.createMethod} ${mapping.createPath}` },
  };

  return (order, nowMs = Date.now()) => {
    const body = encodeOrder(order, mapping, nowMs / 1000);
    if (signer.perRequest) params.headers = signer.perRequest(body);
    const response = http.request(mapping.createMethod, url, body, params);
    // Each property of an answer is read by reflection, at a microsecond or two: only what is needed.
    const { timings, headers, status } = response;
    const isSuccess = mapping.successStatuses.includes(status);
    const orderResult = headers['X-Order-Result'];
    const timingHeader = headers['Server-Timing'];
    return {
      outcome: classifyOutcome({
        status,
        errorCode: response.error_code,
        errorType: isSuccess ? undefined : headers['X-Amzn-Errortype'],
        orderResult,
        handlerHeadersSeen: orderResult !== undefined || timingHeader !== undefined,
        bodyOk: mapping.successBody === null || response.body === mapping.successBody,
        successStatuses: mapping.successStatuses,
      }),
      durationMs: timings.duration,
      connectMs: isTls ? timings.connecting + timings.tls_handshaking : timings.connecting,
      serverTiming: timingHeader === undefined ? null : parseServerTiming(timingHeader),
      handlerSeen: orderResult !== undefined || timingHeader !== undefined,
    };
  };
}
