import {
  type AcceptedOrder,
  acceptedSample,
  isNoted,
  renderAccepted,
} from '../core/load/accepted-sample.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { orderIdFrom } from '../core/order/order-id-from.ts';
import { HANDOVER_PREFIX } from '../core/telemetry/metric-names.ts';
import { bodyWriters } from './body-rows.ts';
import { isWrapped } from './env.ts';
import { eventLoop } from './event-loop.ts';
import { failed } from './order-loop.ts';
import { createOrderSender, type OrderResponse } from './order-sender.ts';

/** Provided by k6, whose types lack it. */
declare const console: { log(text: string): void };

/**
 * The default function of a load on the queue path: each order is sent when it is due, and recorded when it was
 * accepted. For a sample of bounded size the time is passed to the wrapper, which reads those orders later.
 */
export function queueLoop(plan: LoadPlan): () => Promise<void> {
  const write = bodyWriters(plan)(plan.run);
  const sender = createOrderSender(plan);
  const sample = acceptedSample(plan);
  const tells = isWrapped();
  const { idFrom } = plan.mapping;

  /** An order that cannot be read, because its response had no id, is not passed on. */
  const tell = (accepted: AcceptedOrder, { body, headers }: OrderResponse): void => {
    const id = idFrom && orderIdFrom(idFrom, { body, location: headers['Location'] });
    if (idFrom !== null && id === null) return;
    console.log(HANDOVER_PREFIX + renderAccepted({ ...accepted, ...(id !== null && { id }) }));
  };

  return eventLoop(plan, ({ order, step, isWarmup, startMs }, answered) => {
    const beganMs = Date.now();
    const isTold = tells && !isWarmup && isNoted(sample, order, beganMs - startMs);
    sender.start(write(order, isWarmup, beganMs)).then((response) => {
      const acceptedMs = Date.now();
      const outcome = sender.read(response, step);
      if (isTold && outcome === 'created')
        tell({ iteration: order, acceptedMs, sentMs: beganMs }, response);
      answered();
    }, failed(answered));
  });
}
