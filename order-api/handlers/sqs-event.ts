import type { Handler } from './http-event.ts';

/** The part of an SQS message that the handlers use, as an event-source mapping passes it on. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
}

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/** The messages that return to the queue; all others of the batch are deleted from it. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export type SqsHandler = Handler<SqsEvent, SqsBatchResponse>;
