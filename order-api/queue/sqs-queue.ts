import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { ENTRY_LIMIT, type QueueConfig } from '../config/queue-config.ts';
import { createPollTurns } from './poll-turns.ts';
import { type ReceivedMessage, toReceivedMessage } from './received-message.ts';

export interface QueueDepth {
  /** Messages that can be received now. */
  readonly visible: number;
  /** Messages that were received, but neither deleted nor visible again. */
  readonly inFlight: number;
}

/** A queue and its dead-letter queue, behind the SQS API. Calls throw the SDK's errors. */
export interface SqsQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
  /** Returns the message's id. */
  send(body: string): Promise<string>;
  /**
   * Waits up to `waitSeconds` for the first message; returns none after that, or when `signal` aborts. `enough` ends the
   * wait within a second, and unlike `signal` it loses no message that is on its way.
   */
  receive(
    maxMessages: number,
    waitSeconds: number,
    signal: AbortSignal,
    enough?: AbortSignal,
  ): Promise<readonly ReceivedMessage[]>;
  /** Returns the messages that were not deleted. */
  delete(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]>;
  /** Ends the messages' visibility timeouts; returns those that stay hidden. */
  showAgain(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]>;
  depth(): Promise<QueueDepth>;
  deadLetterDepth(): Promise<number>;
  close(): void;
}

export const QUEUE_NAME = 'OrdersQueue';
const REGION = 'us-east-1';
/** Most concurrent polls for messages that are there; the others wait in line here, which takes milliseconds. */
const OPEN_POLLS = 10;

/** Creates the queue, its dead-letter queue and the redrive policy between them. */
export async function openSqsQueue(endpoint: string, config: QueueConfig): Promise<SqsQueue> {
  const connect = (maxSockets: number) =>
    new SQSClient({
      endpoint,
      // The URLs of fauxqs contain a host below localhost that some resolvers do not know.
      useQueueUrlAsEndpoint: false,
      region: REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 1_000, httpAgent: { keepAlive: true, maxSockets } },
    });
  const client = connect(100);
  // Separate sockets, because a send must not wait behind a poll of 20 s.
  const pollClient = connect(OPEN_POLLS + 1);
  const line = createLine(OPEN_POLLS);
  // fauxqs wakes every waiting poll for each message, and the first one would get nearly all of them.
  const turns = createPollTurns();

  const createQueue = async (name: string, attributes: Record<string, string>) => {
    const { QueueUrl } = await client.send(
      new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
    );
    if (QueueUrl === undefined) throw new Error(`SQS gave no URL for the queue ${name}`);
    return QueueUrl;
  };
  const attributesOf = async (queueUrl: string) => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    return Attributes ?? {};
  };

  const deadLetterUrl = await createQueue(`${QUEUE_NAME}-dlq`, {});
  const { QueueArn: deadLetterTargetArn } = await attributesOf(deadLetterUrl);
  const { maxReceiveCount, visibilitySeconds } = config;
  const url = await createQueue(QUEUE_NAME, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  });
  const queueArn = (await attributesOf(url)).QueueArn ?? '';

  async function poll(maxMessages: number, waitSeconds: number, signal: AbortSignal) {
    const { Messages } = await pollClient.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: maxMessages,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: signal },
    );
    const receivedMs = Date.now();
    return (Messages ?? []).map((message) =>
      toReceivedMessage(message, { queueArn, region: REGION, receivedMs }),
    );
  }

  async function pollInLine(maxMessages: number, signal: AbortSignal) {
    const leave = await line.enter();
    try {
      return signal.aborted ? [] : await poll(maxMessages, 0, signal);
    } finally {
      leave();
    }
  }

  return {
    url,
    deadLetterUrl,
    async send(body) {
      const response = await client.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: body }),
      );
      return response.MessageId ?? '';
    },
    async receive(maxMessages, waitSeconds, signal, enough) {
      const longestSeconds = enough === undefined ? waitSeconds : Math.min(1, waitSeconds);
      const deadlineMs = Date.now() + waitSeconds * 1000;
      try {
        const there = await pollInLine(maxMessages, signal);
        const leftMs = deadlineMs - Date.now();
        if (there.length > 0 || leftMs <= 0) return there;
        const leave = await turns.enter(leftMs, enough === undefined ? [signal] : [signal, enough]);
        if (leave === null) return [];
        try {
          for (;;) {
            const secondsLeft = Math.max(0, Math.ceil((deadlineMs - Date.now()) / 1000));
            if (signal.aborted || enough?.aborted) return [];
            const seconds = Math.min(secondsLeft, longestSeconds);
            const messages = await poll(maxMessages, seconds, signal);
            if (messages.length > 0 || Date.now() >= deadlineMs) return messages;
          }
        } finally {
          leave();
        }
      } catch (error) {
        if (signal.aborted) return [];
        throw error;
      }
    },
    delete: (messages) =>
      inParts(messages, (Entries) =>
        client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries })),
      ),
    showAgain: (messages) =>
      inParts(messages, (entries) =>
        client.send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl: url,
            Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 })),
          }),
        ),
      ),
    async depth() {
      const attributes = await attributesOf(url);
      return {
        visible: Number(attributes.ApproximateNumberOfMessages),
        inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },
    deadLetterDepth: async () =>
      Number((await attributesOf(deadLetterUrl)).ApproximateNumberOfMessages),
    close() {
      client.destroy();
      pollClient.destroy();
    },
  };
}

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/** Sends batch requests, each with as many messages as allowed; returns the messages that failed. */
async function inParts(
  messages: readonly ReceivedMessage[],
  send: (entries: Entry[]) => Promise<{ Failed?: { Id: string | undefined }[] | undefined }>,
): Promise<readonly ReceivedMessage[]> {
  const failed: ReceivedMessage[] = [];
  for (let start = 0; start < messages.length; start += ENTRY_LIMIT) {
    const part = messages.slice(start, start + ENTRY_LIMIT);
    const { Failed } = await send(
      part.map(({ record }, index) => ({ Id: String(index), ReceiptHandle: record.receiptHandle })),
    );
    const ids = new Set(Failed?.map(({ Id }) => Id));
    failed.push(...part.filter((_, index) => ids.has(String(index))));
  }
  return failed;
}

/** Admits this many callers at once; the others wait, first come, first served. */
function createLine(places: number): { enter(): Promise<() => void> } {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async enter() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
