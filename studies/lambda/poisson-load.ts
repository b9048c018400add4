import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../order-api/lambda/random.ts';
import { exponential } from './simulate.ts';

export interface PoissonLoad {
  /** `http://127.0.0.1:PORT/orders`; every request posts a new order. */
  readonly url: string;
  readonly perSecond: number;
  /** Requests in these first seconds do not count, because the system starts empty. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface PoissonAnswers {
  /** Requests sent after the warm-up, and the time between the first and the last of them. */
  readonly sent: number;
  readonly elapsedMs: number;
  readonly served: number;
  /** Refused by Lambda. */
  readonly throttled: number;
  /** All other responses and errors. */
  readonly failed: number;
  /** Mean of the handler's own time from `Server-Timing`. */
  readonly meanHandlerMs: number;
}

/** Sends orders at random times that do not depend on the responses. */
export async function sendPoissonLoad(load: PoissonLoad): Promise<PoissonAnswers> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const gapMs = exponential(seededRandom(load.seed), 1000 / load.perSecond);
  const tally = { sent: 0, served: 0, throttled: 0, failed: 0, handlerMs: 0 };
  const running: Promise<void>[] = [];
  const beganMs = performance.now();
  const countFromMs = beganMs + load.warmUpSeconds * 1000;
  const endMs = countFromMs + load.seconds * 1000;

  async function post(orderId: string, counted: boolean): Promise<void> {
    const answer = await send(agent, load.url, orderId).catch(() => null);
    if (!counted) return;
    if (answer?.statusCode === 200) {
      tally.served += 1;
      tally.handlerMs += handlerMs(answer);
    } else if (answer?.headers['x-amzn-errortype'] === 'TooManyRequestsException') {
      tally.throttled += 1;
    } else {
      tally.failed += 1;
    }
  }

  for (let atMs = beganMs + gapMs(), n = 0; atMs < endMs; atMs += gapMs(), n += 1) {
    const pauseMs = atMs - performance.now();
    if (pauseMs > 0) await delay(pauseMs);
    const counted = atMs >= countFromMs;
    if (counted) tally.sent += 1;
    running.push(post(`poisson-${load.seed}-${n}`, counted));
  }
  await Promise.all(running);
  agent.destroy();
  const { sent, served, throttled, failed } = tally;
  return {
    sent,
    elapsedMs: load.seconds * 1000,
    served,
    throttled,
    failed,
    meanHandlerMs: tally.handlerMs / served,
  };
}

async function send(agent: Agent, url: string, orderId: string): Promise<IncomingMessage> {
  const body = JSON.stringify({
    orderId,
    customerId: 'c-1',
    productId: 'p-1',
    quantity: 1,
    price: 1,
  });
  const outgoing = request(url, { method: 'POST', agent });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer;
}

function handlerMs(answer: IncomingMessage): number {
  return Number(/handler;dur=([\d.]+)/.exec(String(answer.headers['server-timing']))?.[1]);
}
