import { blockOf } from '../core/load/ab-blocks.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { bodyWriters } from './body-rows.ts';
import { eventLoop } from './event-loop.ts';
import { answerHandlers } from './order-loop.ts';
import { createOrderSender } from './order-sender.ts';

/**
 * The default function of an ab run: each order goes to the arm in whose block it is due. The block is part of the
 * order's id, because both deployments may share one table.
 */
export function abLoop(plan: LoadPlan): () => Promise<void> {
  const senders = {
    a: createOrderSender(plan),
    b: createOrderSender({ ...plan, target: plan.targetB ?? plan.target }),
  };
  let block = '';
  const writerOf = bodyWriters(plan);
  let write = writerOf(plan.run);
  let sender = senders.a;
  let handlers = answerHandlers(sender);

  return eventLoop(plan, ({ nth, step }, answered) => {
    if (step !== block) {
      block = step;
      write = writerOf(`${plan.run}-${step}`);
      sender = senders[blockOf(step)?.arm ?? 'a'];
      handlers = answerHandlers(sender);
    }
    const { read, fail } = handlers(step, answered);
    sender.start(write(nth, false, Date.now())).then(read, fail);
  });
}
