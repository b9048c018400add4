import type { Message } from '@aws-sdk/client-sqs';
import type { SqsRecord } from '../handlers/sqs-event.ts';
import type { Buffered } from './batch-buffer.ts';

/** A message as Lambda passes it to a function: a complete entry of the SQS event's `Records`. */
export interface LambdaSqsRecord extends SqsRecord {
  readonly receiptHandle: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    /** Epoch ms. */
    readonly SentTimestamp: string;
    readonly SenderId: string;
    /** Epoch ms. */
    readonly ApproximateFirstReceiveTimestamp: string;
  };
  readonly messageAttributes: Readonly<Record<string, never>>;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export interface ReceivedMessage extends Buffered {
  readonly record: LambdaSqsRecord;
  /** Epoch ms by this process's clock. */
  readonly receivedMs: number;
  /** Epoch ms by the queue's clock. */
  readonly sentMs: number;
  /** Including this receive. */
  readonly receiveCount: number;
}

export interface ReceiveContext {
  readonly queueArn: string;
  readonly region: string;
  readonly receivedMs: number;
}

export function toReceivedMessage(message: Message, context: ReceiveContext): ReceivedMessage {
  const attributes = message.Attributes ?? {};
  const record: LambdaSqsRecord = {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '1',
      SentTimestamp: attributes.SentTimestamp ?? String(context.receivedMs),
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp:
        attributes.ApproximateFirstReceiveTimestamp ?? String(context.receivedMs),
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: context.queueArn,
    awsRegion: context.region,
  };
  return {
    record,
    messageId: record.messageId,
    bytes: Buffer.byteLength(JSON.stringify(record)),
    receivedMs: context.receivedMs,
    sentMs: Number(record.attributes.SentTimestamp),
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
  };
}
