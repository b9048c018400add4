import type { ReceivedMessage } from '../../../order-api/queue/received-message.ts';
import { toReceivedMessage } from '../../../order-api/queue/received-message.ts';

interface Held {
  readonly id: string;
  readonly body: string;
  readonly sentMs: number;
  receives: number;
  visibleAtMs: number;
  handle: string;
}

/** SQS in small on the timers of the test: visibility timeout, redrive, long polls. */
export function createSimulatedQueue(visibilityMs: number, maxReceiveCount: number) {
  let held: Held[] = [];
  const dead: string[] = [];
  const nowMs = () => Date.now();
  let handles = 0;
  let nextId = 0;

  function take(maxMessages: number): ReceivedMessage[] {
    const visible = held.filter((message) => message.visibleAtMs <= nowMs());
    for (const message of visible.filter(({ receives }) => receives >= maxReceiveCount)) {
      dead.push(message.body);
      held = held.filter((other) => other !== message);
    }
    const taken = visible.filter((message) => held.includes(message)).slice(0, maxMessages);
    return taken.map((message) => {
      message.receives += 1;
      message.visibleAtMs = nowMs() + visibilityMs;
      message.handle = `handle-${handles++}`;
      return toReceivedMessage(
        {
          MessageId: message.id,
          ReceiptHandle: message.handle,
          Body: message.body,
          Attributes: {
            ApproximateReceiveCount: String(message.receives),
            SentTimestamp: String(message.sentMs),
          },
        },
        {
          queueArn: 'arn:aws:sqs:us-east-1:000000000000:q',
          region: 'us-east-1',
          receivedMs: nowMs(),
        },
      );
    });
  }

  return {
    send(...bodies: string[]) {
      for (const body of bodies) {
        const id = `m${nextId++}`;
        held.push({ id, body, sentMs: nowMs(), receives: 0, visibleAtMs: 0, handle: '' });
      }
    },
    bodies: () => held.map(({ body }) => body),
    deadBodies: () => dead,
    async receive(
      maxMessages: number,
      waitSeconds: number,
      signal: AbortSignal,
      enough?: AbortSignal,
    ) {
      const deadlineMs = nowMs() + waitSeconds * 1000;
      for (;;) {
        const taken = take(maxMessages);
        if (taken.length > 0 || nowMs() >= deadlineMs || signal.aborted) return taken;
        if (enough?.aborted) return taken;
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    async delete(messages: readonly ReceivedMessage[]) {
      const handles = messages.map(({ record }) => record.receiptHandle);
      held = held.filter(({ handle }) => !handles.includes(handle));
      return [];
    },
    depth: async () => ({
      visible: held.filter(({ visibleAtMs }) => visibleAtMs <= nowMs()).length,
      inFlight: held.filter(({ visibleAtMs }) => visibleAtMs > nowMs()).length,
    }),
  };
}
