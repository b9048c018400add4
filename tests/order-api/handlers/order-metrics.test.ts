import { describe, expect, it, vi } from 'vitest';
import {
  type HttpHandler,
  isHttpSuccess,
  jsonResult,
} from '../../../order-api/handlers/http-event.ts';
import { withOrderMetrics } from '../../../order-api/handlers/order-metrics.ts';
import { CONTEXT, eventOf } from './http-events.ts';

function countedWith(handler: HttpHandler, onlySuccess = false) {
  let clockMs = 0;
  const nowMs = () => {
    clockMs += 5;
    return clockMs;
  };
  const metrics = { started: vi.fn(), ended: vi.fn() };
  const options = { metrics, isSuccess: isHttpSuccess, nowMs, onlySuccess };
  return { metrics, call: () => withOrderMetrics(handler, options)(eventOf('x'), CONTEXT) };
}

describe.each([
  [200, true],
  [202, true],
  [400, false],
  [409, false],
  [500, false],
])('an answer of %d', (status, successful) => {
  const handler: HttpHandler = () => Promise.resolve(jsonResult(status, 'x'));

  it('is passed on, and told as it is', async () => {
    const { metrics, call } = countedWith(handler);
    expect(await call()).toMatchObject({ statusCode: status });
    expect(metrics.started).toHaveBeenCalledExactlyOnceWith(CONTEXT);
    expect(metrics.ended).toHaveBeenCalledExactlyOnceWith(CONTEXT, { successful, durationMs: 5 });
  });

  it('is told only when successful, where failures are to be left out', async () => {
    const { metrics, call } = countedWith(handler, true);
    await call();
    expect(metrics.ended).toHaveBeenCalledTimes(successful ? 1 : 0);
  });
});

it('tells of a handler that throws, and lets the error through', async () => {
  const { metrics, call } = countedWith(() => Promise.reject(new Error('broken')));
  await expect(call()).rejects.toThrow('broken');
  expect(metrics.ended).toHaveBeenCalledExactlyOnceWith(CONTEXT, {
    successful: false,
    durationMs: 5,
  });
});
