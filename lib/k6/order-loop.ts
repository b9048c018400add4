import type { LoadPlan } from '../core/load/load-plan.ts';
import { bodyWriters } from './body-rows.ts';
import { eventLoop, type PlacedOrder } from './event-loop.ts';
import { createOrderSender, type OrderResponse, type OrderSender } from './order-sender.ts';
import { reportException } from './report-exception.ts';
import { createOrderResender } from './resend-order.ts';

/** What a user's own scenario can change. */
export interface OrderHooks {
  /** Returns the body of an order, instead of the generated one. */
  readonly body?: (placed: PlacedOrder) => string;
  /** Called with every response, for your own checks and metrics. It must not wait. */
  readonly answered?: (response: OrderResponse, order: number) => void;
}

/**
 * The default function that places the orders of a plan: each is sent when it is due, recorded when its response
 * comes, and sent again if the plan requires it.
 */
export function orderLoop(plan: LoadPlan, hooks: OrderHooks = {}): () => Promise<void> {
  const resender = createOrderResender(plan);
  const write = bodyWriters(plan)(plan.run);
  const sender = createOrderSender(plan);
  const handlers = answerHandlers(sender);
  const { body: writeOwn, answered: tell } = hooks;

  return eventLoop(plan, (placed, answered) => {
    const { order, step, isWarmup } = placed;
    const body = writeOwn === undefined ? write(order, isWarmup, Date.now()) : writeOwn(placed);
    const sent = sender.start(body);
    const isResent = resender?.isDrawn(order) === true && !isWarmup;
    if (tell === undefined && !isResent) {
      const { read, fail } = handlers(step, answered);
      sent.then(read, fail);
      return;
    }
    sent
      .then((response) => {
        const outcome = sender.read(response, step);
        if (tell !== undefined) withoutThrowing(() => tell(response, order));
        if (!isResent || outcome === null) return undefined;
        return resender?.sendAgain(body, outcome, step);
      })
      .then(answered, failed(answered));
  });
}

export interface AnswerHandlers {
  readonly read: (response: OrderResponse) => void;
  readonly fail: (error: unknown) => void;
}

/** Creates the two functions that handle responses once per step, not once per order. */
export function answerHandlers({
  read,
}: Pick<OrderSender, 'read'>): (step: string, answered: () => void) => AnswerHandlers {
  let handledStep: string | null = null;
  let callback: (() => void) | null = null;
  let handlers: AnswerHandlers | null = null;
  return (step, answered) => {
    if (handlers !== null && step === handledStep && answered === callback) return handlers;
    handledStep = step;
    callback = answered;
    handlers = {
      read: (response) => {
        // An exception while handling one response must not end the loop that starts all orders.
        try {
          read(response, step);
        } catch (error) {
          reportException(error);
        }
        answered();
      },
      fail: failed(answered),
    };
    return handlers;
  };
}

/** An order whose request could not even be created has no outcome. */
export function failed(answered: () => void): (error: unknown) => void {
  return (error) => {
    reportException(error);
    answered();
  };
}

function withoutThrowing(run: () => void): void {
  try {
    run();
  } catch (error) {
    reportException(error);
  }
}
