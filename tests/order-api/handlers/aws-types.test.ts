import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { expectTypeOf, it } from 'vitest';
import type {
  HttpEvent,
  HttpResult,
  LambdaContext,
} from '../../../order-api/handlers/http-event.ts';
import type { SqsBatchResponse, SqsEvent } from '../../../order-api/handlers/sqs-event.ts';

// Checked by `tsc -b`: what Lambda passes fits the handlers, and what they give back fits Lambda.
it('agrees with the published types of Lambda', () => {
  expectTypeOf<APIGatewayProxyEventV2['body']>().toExtend<HttpEvent['body']>();
  expectTypeOf<Omit<APIGatewayProxyEventV2, 'version'>>().toExtend<Omit<HttpEvent, 'version'>>();
  expectTypeOf<Context>().toExtend<LambdaContext>();
  expectTypeOf<HttpResult>().toExtend<APIGatewayProxyStructuredResultV2>();
  expectTypeOf<SQSEvent>().toExtend<SqsEvent>();
  expectTypeOf<SqsBatchResponse['batchItemFailures'][number]>().toExtend<
    SQSBatchResponse['batchItemFailures'][number]
  >();
});
