import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { classifyOutcome, storedOutcome } from '../core/order/classify-outcome.ts';
import { type NotSentReason, notSentReason } from '../core/order/not-sent.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { storedBodyTest } from '../core/order/stored-body.ts';
import { isWrapped } from './env.ts';
import { type RecordAnswer, recordAnswer, recordNotSent } from './order-metrics.ts';
import { createRequestSigner } from './request-signer.ts';

export type OrderResponse = RefinedResponse<'text'>;

export interface OrderSender {
  /** Starts sending an order, written as the target wants it; the answer comes on the event loop. */
  readonly start: (body: string) => Promise<OrderResponse>;
  /** Sends it, and holds up the VU until the answer is there. */
  readonly send: (body: string) => OrderResponse;
  /**
   * Records the answer to an order of the step, and returns what became of it; null for one that failed on
   * this machine's own limits, of which the target knows nothing.
   */
  readonly read: (response: OrderResponse, step: string) => Outcome | null;
}

export interface SenderChoice {
  readonly record: RecordAnswer;
  /** Called for an order that failed on this machine's own limits. */
  readonly notSent: (why: NotSentReason, step: string) => void;
  /** Of its requests. */
  readonly tags?: Readonly<Record<string, string>>;
}

const MEASURED: SenderChoice = { record: recordAnswer, notSent: recordNotSent };

/** The way of every order; of a measured one unless said otherwise. */
export function createOrderSender(
  plan: LoadPlan,
  { record, notSent, tags }: SenderChoice = MEASURED,
): OrderSender {
  const { createMethod, createPath, headers, successBody, successStatuses, successWhen } =
    plan.mapping;
  const isStoredBody = storedBodyTest(plan.mapping);
  const address = `${plan.target}${createPath}`;
  // Parsed here once; k6 would parse a string for every request.
  const url = http.url([address] as unknown as TemplateStringsArray);
  const isTls = address.startsWith('https:');
  // The usual answer is known by two comparisons.
  const usualStatus = successStatuses[0];
  const usualBody = successWhen === null ? successBody : undefined;
  const { fixedHeaders, perRequest } = createRequestSigner(plan, {
    method: createMethod,
    path: createPath,
    headers: withContentType(headers),
  });
  const params: RefinedParams<'text'> = {
    headers: fixedHeaders,
    timeout: plan.requestTimeoutMs,
    ...(isWrapped() ? {} : standaloneParams(`${createMethod} ${createPath}`)),
    ...(tags && { tags: { ...tags, name: `${createMethod} ${createPath}` } }),
  };

  let setsCookies = false;

  return {
    start(body) {
      if (perRequest !== null) params.headers = perRequest(body);
      // Orders are of many users: with the VU's own jar one balancer's cookie would send all to one backend.
      if (setsCookies) params.jar = new http.CookieJar();
      return http.asyncRequest(createMethod, url, body, params);
    },
    send(body) {
      if (perRequest !== null) params.headers = perRequest(body);
      return http.request(createMethod, url, body, params);
    },
    read(response, step) {
      // Each property of an answer is read by reflection: only what is needed, and once.
      const status = response.status;
      if (status === 0) {
        const why = notSentReason(response.error);
        if (why !== null) {
          notSent(why, step);
          return null;
        }
      }
      const answered = response.headers;
      if (answered['Set-Cookie'] !== undefined) setsCookies = true;
      const orderResult = answered['X-Order-Result'];
      const serverTiming = answered['Server-Timing'];
      const handlerSeen = orderResult !== undefined || serverTiming !== undefined;
      const outcome =
        status === usualStatus && (response.body === usualBody || isStoredBody(response.body))
          ? storedOutcome(orderResult)
          : classifyOutcome({
              status,
              errorCode: response.error_code,
              errorType: answered['X-Amzn-Errortype'],
              orderResult,
              handlerHeadersSeen: handlerSeen,
              bodyOk:
                status !== usualStatus &&
                successStatuses.includes(status) &&
                isStoredBody(response.body),
              successStatuses,
            });
      const timings = response.timings;
      const connectMs = isTls ? timings.connecting + timings.tls_handshaking : timings.connecting;
      record(outcome, step, timings.duration, connectMs, serverTiming, handlerSeen);
      return outcome;
    },
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

/** HTTP names have no case, k6's objects do: a mapped `content-type` would be sent, and signed, beside ours. */
function withContentType(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isMapped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return isMapped ? { ...headers } : { 'Content-Type': 'application/json', ...headers };
}
