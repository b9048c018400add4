import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { requestUrl } from '../core/load/request-url.ts';
import { classifyOutcome, storedOutcome } from '../core/order/classify-outcome.ts';
import { type NotSentReason, notSentReason } from '../core/order/not-sent.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { parseServerTiming } from '../core/order/parse-server-timing.ts';
import { storedBodyTest } from '../core/order/stored-body.ts';
import { isWrapped } from './env.ts';
import { failureRecorder, type RecordFailure } from './failure-recorder.ts';
import { type RecordAnswer, recordAnswer, recordNotSent } from './order-metrics.ts';
import { noteRefused } from './renewed-token.ts';
import { createRequestSigner } from './request-signer.ts';

export type OrderResponse = RefinedResponse<'text'>;

export interface OrderSender {
  /** Starts sending an order in the target's format; the response comes on the event loop. */
  readonly start: (body: string) => Promise<OrderResponse>;
  /** Sends an order and blocks the VU until the response has come. */
  readonly send: (body: string) => OrderResponse;
  /**
   * Records the response to an order of the step and returns its outcome; null for an order that failed because of
   * this machine's own limits, and never reached the target.
   */
  readonly read: (response: OrderResponse, step: string) => Outcome | null;
}

export interface SenderChoice {
  readonly record: RecordAnswer;
  /** Called for an order that failed because of this machine's own limits. */
  readonly notSent: (why: NotSentReason, step: string) => void;
  /** Creates the function that is called for an order that failed in another way. */
  readonly failures: (plan: LoadPlan) => RecordFailure;
  /** Tags of its requests. */
  readonly tags?: Readonly<Record<string, string>>;
}

const MEASURED: SenderChoice = {
  record: recordAnswer,
  notSent: recordNotSent,
  failures: failureRecorder,
};

/** Sends orders and records them; as measured orders unless `options` say otherwise. */
export function createOrderSender(
  plan: LoadPlan,
  { record, notSent, failures, tags }: SenderChoice = MEASURED,
): OrderSender {
  const { createMethod, createPath, headers, successBody, successStatuses, successWhen } =
    plan.mapping;
  const isStoredBody = storedBodyTest(plan.mapping);
  const address = requestUrl(plan, createPath);
  // Parsed only once: k6 would parse a string for every request.
  const url = http.url([address] as unknown as TemplateStringsArray);
  const isTls = address.startsWith('https:');
  const isRenewed = plan.auth.kind === 'renewed';
  const recordFailure = failures(plan);
  // The usual response is recognised with two comparisons.
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
      // Orders come from many users. With the VU's own jar, a load balancer's cookie would send all to one backend.
      if (setsCookies) params.jar = new http.CookieJar();
      return http.asyncRequest(createMethod, url, body, params);
    },
    send(body) {
      if (perRequest !== null) params.headers = perRequest(body);
      return http.request(createMethod, url, body, params);
    },
    read(response, step) {
      // Each property of a response is read by reflection, so only what is needed is read, and only once.
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
      let outcome: Outcome;
      if (status === usualStatus && (response.body === usualBody || isStoredBody(response.body))) {
        outcome = storedOutcome(orderResult);
      } else {
        outcome = classifyOutcome({
          status,
          errorCode: response.error_code,
          error: status === 0 ? response.error : '',
          errorType: answered['X-Amzn-Errortype'],
          orderResult,
          handlerHeadersSeen:
            orderResult !== undefined ||
            (serverTiming !== undefined && parseServerTiming(serverTiming) !== null),
          bodyOk:
            status !== usualStatus &&
            successStatuses.includes(status) &&
            isStoredBody(response.body),
          successStatuses,
        });
        if (outcome !== 'created' && outcome !== 'duplicate') {
          recordFailure(outcome, status, response, step);
        }
        if (isRenewed && outcome === 'rejected') noteRefused(status);
      }
      const timings = response.timings;
      const connectMs = isTls ? timings.connecting + timings.tls_handshaking : timings.connecting;
      // If only stored orders are marked, a failure without the mark means nothing.
      const isMarked =
        orderResult !== undefined && outcome !== 'created' && outcome !== 'duplicate';
      record(outcome, step, timings.duration, connectMs, serverTiming, isMarked);
      return outcome;
    },
  };
}

/**
 * Request parameters that plain `k6 run` needs with each request, because a user's own scenario may override them in
 * its options. The wrapper sets them once, on k6's command line, because k6 reads each of them for every request.
 */
function standaloneParams(name: string) {
  return { redirects: 0, responseType: 'text' as const, tags: { name } };
}

/** HTTP header names are case-insensitive, k6's objects are not: a mapped `content-type` would be sent, and signed, in addition. */
function withContentType(headers: Readonly<Record<string, string>>): Record<string, string> {
  const isMapped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return isMapped ? { ...headers } : { 'Content-Type': 'application/json', ...headers };
}
