import type { OrderAnswer } from './order-client.ts';
import {
  recordConnect,
  recordHandlerSeen,
  recordOutcome,
  recordServerTiming,
} from './order-metrics.ts';

/** A function of one VU that records all that an answer says. */
export function recordAnswer(): (answer: OrderAnswer) => void {
  let handlerSeen = false;
  return (answer) => {
    recordOutcome(answer.outcome, answer.durationMs);
    recordConnect(answer.connectMs);
    if (answer.serverTiming !== null) recordServerTiming(answer.serverTiming);
    if (answer.handlerSeen && !handlerSeen) {
      handlerSeen = true;
      recordHandlerSeen();
    }
  };
}
