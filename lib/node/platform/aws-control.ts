import { setTimeout as delay } from 'node:timers/promises';
import { CloudWatchLogsClient, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PlatformControl, TimedReport } from '../../core/lambda/platform-control.ts';
import { askAbout } from './aws-ask.ts';
import { createAwsFunction } from './aws-function.ts';
import { invokeOnAws } from './aws-invoke.ts';
import { createAwsMapping } from './aws-mapping.ts';
import { awsProblem } from './aws-problem.ts';
import { readReportLines } from './invocation-reports.ts';
import { readLogGroup } from './log-group.ts';

export interface AwsControlOptions {
  /** Null if the SDK finds it. */
  readonly region: string | null;
  /**
   * URL of an emulator; null for AWS. One in the SDK's own variables works too, but is given here if another process is
   * to reach the same platform by the address.
   */
  readonly endpoint: string | null;
  /** Waits between two looks; by default that long. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** The control plane of Lambda takes few calls a second from all of an account. */
const MAX_ATTEMPTS = 6;
/** Lambda ends an invocation after 15 minutes. */
const MAX_INVOCATION_MS = 15 * 60_000 + 30_000;
const MAX_INVOCATIONS_AT_ONCE = 1000;

/**
 * Functions and mappings on AWS, by its SDK, which finds the credentials.
 *
 * @throws UserError if no region is known.
 */
export async function createAwsControl(options: AwsControlOptions): Promise<PlatformControl> {
  const client = {
    ...(options.region !== null && { region: options.region }),
    ...(options.endpoint !== null && { endpoint: options.endpoint }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
    },
  };
  const lambda = new LambdaClient(client);
  const region = await lambda.config.region().catch((error: unknown) => {
    throw awsProblem(error, { permission: '', subject: 'AWS', region: null });
  });
  const sockets = { maxSockets: MAX_INVOCATIONS_AT_ONCE };
  const invoker = new LambdaClient({
    ...client,
    // A repeated call would be measured twice, and a throttled one not at all.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: MAX_INVOCATION_MS,
      throwOnRequestTimeout: true,
      httpAgent: sockets,
      httpsAgent: sockets,
    },
  });
  const logs = new CloudWatchLogsClient(client);
  const sqs = new SQSClient(client);
  const place = { region, pause: options.pause ?? delay };
  const functionOf = (functionName: string) => createAwsFunction(lambda, place, functionName);
  const mappingOf = (mappingId: string) => createAwsMapping(lambda, place, mappingId);
  const queueUrls = new Map<string, Promise<string>>();

  async function readQueueUrl(mappingId: string): Promise<string> {
    const arn = await mappingOf(mappingId).queueArn();
    const [account, name] = arn.split(':').slice(-2);
    const { QueueUrl = '' } = await askAbout(`queue ${name}`, place)('sqs:GetQueueUrl', () =>
      sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account })),
    );
    return QueueUrl;
  }

  return {
    address: { platform: 'aws', region, endpoint: options.endpoint },
    readFunction: (functionName) => functionOf(functionName).read(),
    changeFunction: (functionName, change) => functionOf(functionName).change(change),
    restoreFunction: (functionName, before) => functionOf(functionName).restore(before),
    readMapping: (mappingId) => mappingOf(mappingId).read(),
    changeMapping: (mappingId, change) => mappingOf(mappingId).change(change),
    invoke: (functionName, payload) => invokeOnAws(invoker, place, functionName, payload),
    async readReports(functionName, span) {
      const subject = `function ${functionName}`;
      const group = await askAbout(subject, place)('lambda:GetFunctionConfiguration', () =>
        readLogGroup(lambda, functionName),
      );
      const found: TimedReport[] = [];
      await askAbout(`log group ${group}`, place)('logs:FilterLogEvents', async () => {
        try {
          const log = { logGroup: group, functionName, version: null };
          for await (const report of readReportLines(logs, log, span)) found.push(report);
        } catch (error) {
          // Lambda makes the group with the first call.
          if (!(error instanceof ResourceNotFoundException)) throw error;
        }
      });
      return found.sort((one, other) => one.atMs - other.atMs);
    },
    async sendMessage(mappingId, body) {
      const url = queueUrls.get(mappingId) ?? readQueueUrl(mappingId);
      queueUrls.set(mappingId, url);
      url.catch(() => queueUrls.delete(mappingId));
      const QueueUrl = await url;
      await askAbout(`queue ${QueueUrl}`, place)('sqs:SendMessage', () =>
        sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body })),
      );
    },
    async close() {
      for (const each of [lambda, invoker, logs, sqs]) each.destroy();
    },
  };
}
