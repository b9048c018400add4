import type { LoadPlan } from '../core/load/load-plan.ts';
import { bodyWriters } from './body-rows.ts';
import { eventLoop, type PlacedOrder } from './event-loop.ts';
import { createOrderSender, type OrderResponse, type OrderSender } from './order-sender.ts';
import { reportException } from './report-exception.ts';
import { createOrderResender } from './resend-order.ts';

/** What a scenario of the user's own may do otherwise than the suite's. */
export interface OrderHooks {
  /** The body of an order, instead of the generated one. */
  readonly body?: (placed: PlacedOrder) => string;
  /** Called with every answer, for checks and metrics of one's own. It must not wait. */
  readonly answered?: (response: OrderResponse, order: number) => void;
}

/**
 * The default function that places the orders of a plan: each when it is due, recorded when it is answered, and
 * sent again where the plan says so.
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

/** Makes the two functions that take answers once for each step, and not for each order. */
export function answerHandlers({
  read,
}: Pick<OrderSender, 'read'>): (step: string, answered: () => void) => AnswerHandlers {
  let ofStep: string | null = null;
  let of: (() => void) | null = null;
  let handlers: AnswerHandlers | null = null;
  return (step, answered) => {
    if (handlers !== null && step === ofStep && answered === of) return handlers;
    ofStep = step;
    of = answered;
    handlers = {
      read: (response) => {
        // An exception in one answer must not end the loop that starts all orders.
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

/** An order whose request could not even be made has no outcome. */
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
