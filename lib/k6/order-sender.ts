import http, { type RefinedParams } from 'k6/http';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { classifyOutcome, storedOutcome } from '../core/order/classify-outcome.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { isWrapped } from './env.ts';
import { createRequestSigner } from './request-signer.ts';

/**
 * Takes what became of an order. `durationMs` is sending, waiting and receiving; `connectMs` is TCP and
 * TLS, zero on a reused connection; `serverTiming` is that header; `handlerSeen` says that the answer
 * carried a header which only the order handler adds.
 */
export type TakeAnswer = (
  outcome: Outcome,
  durationMs: number,
  connectMs: number,
  serverTiming: string | undefined,
  handlerSeen: boolean,
) => void;

/**
 * A function that sends an order, written as the target wants it, and has `take` called with its answer
 * before it returns. `tags` are those of its requests. The way of every measured order: values are passed on
 * one by one, because making and reading an object costs k6's interpreter more than all of the arithmetic.
 */
export function createOrderSender(
  plan: LoadPlan,
  take: TakeAnswer,
  tags: Readonly<Record<string, string>> | null = null,
): (body: string) => void {
  const { createMethod, createPath, headers, successBody, successStatuses } = plan.mapping;
  const address = `${plan.target}${createPath}`;
  // Parsed here once; k6 would parse a string for every request.
  const url = http.url([address] as unknown as TemplateStringsArray);
  const isTls = address.startsWith('https:');
  const successStatus = successBody === null ? undefined : successStatuses[0];
  const { fixedHeaders, perRequest } = createRequestSigner(plan, {
    method: createMethod,
    path: createPath,
    headers: withContentType(headers),
  });
  const params: RefinedParams<'text'> = {
    headers: fixedHeaders,
    timeout: plan.requestTimeoutMs,
    ...(isWrapped() ? {} : standaloneParams(`${createMethod} ${createPath}`)),
    ...(tags === null ? {} : { tags: { ...tags, name: `${createMethod} ${createPath}` } }),
  };

  return (body) => {
    if (perRequest !== null) params.headers = perRequest(body);
    const response = http.request(createMethod, url, body, params);
    // Each property of an answer is read by reflection: only what is needed, and once.
    const status = response.status;
    const answered = response.headers;
    const orderResult = answered['X-Order-Result'];
    const serverTiming = answered['Server-Timing'];
    const handlerSeen = orderResult !== undefined || serverTiming !== undefined;
    const outcome =
      status === successStatus && response.body === successBody
        ? storedOutcome(orderResult)
        : classifyOutcome({
            status,
            errorCode: response.error_code,
            errorType: answered['X-Amzn-Errortype'],
            orderResult,
            handlerHeadersSeen: handlerSeen,
            bodyOk: successBody === null || response.body === successBody,
            successStatuses,
          });
    const timings = response.timings;
    const connectMs = isTls ? timings.connecting + timings.tls_handshaking : timings.connecting;
    take(outcome, timings.duration, connectMs, serverTiming, handlerSeen);
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
