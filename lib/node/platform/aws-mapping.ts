import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { MappingChange, MappingState } from '../../core/lambda/platform-control.ts';
import { type AwsPlace, askAbout } from './aws-ask.ts';

export interface AwsMappingControl {
  read(): Promise<MappingState>;
  change(change: MappingChange): Promise<void>;
  /** ARN of the queue that the mapping reads. */
  queueArn(): Promise<string>;
}

/** Lambda's own, if only one of them was given. */
const DEFAULT_POLLERS = { minimum: 2, maximum: 200 };
/** Larger batches need a window. */
const MAX_BATCH_WITHOUT_WINDOW = 10;

/** The settings of one event-source mapping, named by its UUID. */
export function createAwsMapping(
  lambda: LambdaClient,
  place: AwsPlace,
  mappingId: string,
): AwsMappingControl {
  const ask = askAbout(`event-source mapping ${mappingId}`, place);

  function look(): Promise<EventSourceMappingConfiguration> {
    return ask('lambda:GetEventSourceMapping', () =>
      lambda.send(new GetEventSourceMappingCommand({ UUID: mappingId })),
    );
  }

  async function settled(): Promise<EventSourceMappingConfiguration> {
    const now = await ask.until(look, ({ State }) => !State?.endsWith('ing'));
    if (now.State === 'Disabled') throw ask.refused('it is disabled, so nothing reads its queue');
    return now;
  }

  return {
    read: async () => stateOf(await settled()),
    async change(change) {
      const now = stateOf(await settled());
      const next = { ...now, ...change };
      const problem = problemOf(next);
      if (problem !== null) throw ask.refused(problem);
      const update = changesOf(now, next);
      if (Object.keys(update).length === 0) return;
      await ask('lambda:UpdateEventSourceMapping', () =>
        lambda.send(new UpdateEventSourceMappingCommand({ UUID: mappingId, ...update })),
      );
      await settled();
    },
    async queueArn() {
      const { EventSourceArn = '' } = await look();
      if (EventSourceArn.split(':')[2] === 'sqs') return EventSourceArn;
      throw ask.refused(
        `it reads ${EventSourceArn || 'no queue'}, and only queues of SQS are tuned`,
      );
    },
  };
}

function stateOf(mapping: EventSourceMappingConfiguration): MappingState {
  const { ProvisionedPollerConfig: pollers, ScalingConfig: scaling } = mapping;
  const { MinimumPollers, MaximumPollers } = pollers ?? {};
  const hasPollers = MinimumPollers !== undefined || MaximumPollers !== undefined;
  return {
    batchSize: mapping.BatchSize ?? NaN,
    windowSeconds: mapping.MaximumBatchingWindowInSeconds ?? 0,
    maximumConcurrency: scaling?.MaximumConcurrency ?? null,
    pollers: hasPollers
      ? {
          minimum: MinimumPollers ?? DEFAULT_POLLERS.minimum,
          maximum: MaximumPollers ?? DEFAULT_POLLERS.maximum,
        }
      : null,
  };
}

/** What Lambda would refuse in words of its own. */
function problemOf({ batchSize, windowSeconds, maximumConcurrency, pollers }: MappingState) {
  if (batchSize > MAX_BATCH_WITHOUT_WINDOW && windowSeconds < 1) {
    return `a batch of more than ${MAX_BATCH_WITHOUT_WINDOW} needs a window of at least 1 s`;
  }
  if (maximumConcurrency !== null && pollers !== null) {
    return 'provisioned pollers exclude a maximum concurrency';
  }
  return null;
}

/** Only what changes: an empty object takes a setting away. */
function changesOf(now: MappingState, next: MappingState) {
  const { batchSize, windowSeconds, maximumConcurrency, pollers } = next;
  return {
    ...(batchSize !== now.batchSize && { BatchSize: batchSize }),
    ...(windowSeconds !== now.windowSeconds && { MaximumBatchingWindowInSeconds: windowSeconds }),
    ...(maximumConcurrency !== now.maximumConcurrency && {
      ScalingConfig: maximumConcurrency === null ? {} : { MaximumConcurrency: maximumConcurrency },
    }),
    ...((pollers?.minimum !== now.pollers?.minimum ||
      pollers?.maximum !== now.pollers?.maximum) && {
      ProvisionedPollerConfig:
        pollers === null
          ? {}
          : { MinimumPollers: pollers.minimum, MaximumPollers: pollers.maximum },
    }),
  };
}
