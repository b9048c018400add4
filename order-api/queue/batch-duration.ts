import type { QueueConfig } from '../config/queue-config.ts';
import type { SqsHandler } from '../handlers/sqs-event.ts';
import { WRITE_LIMIT } from '../handlers/write-batch.ts';
import { cpuMs, type DurationModel } from '../lambda/duration-model.ts';

/** Limit of BatchGetItem. */
const READ_LIMIT = 100;
/** Number of concurrent calls of the writer. */
const CALLS_AT_ONCE = 25;
/** The measured handler read one batch and wrote one. */
const CALLS_MEASURED = 2;

export interface BatchLoad {
  /** CPU time of the batch divided by that of one modelled call. */
  readonly work: number;
  /** Waiting time of the batch divided by that of one modelled call. */
  readonly io: number;
}

/**
 * Returns how much longer than the modelled call a batch takes. CPU grows with the number of DynamoDB calls, waiting
 * with the number of calls that must follow each other. In batch mode, up to 25 orders are one modelled call. This is
 * an extrapolation: there is no published measurement for larger batches.
 */
export function batchLoad(orders: number, writeMode: QueueConfig['writeMode']): BatchLoad {
  const steps =
    writeMode === 'batch'
      ? [Math.ceil(orders / READ_LIMIT), Math.ceil(orders / WRITE_LIMIT)]
      : [orders];
  const calls = steps.reduce((sum, step) => sum + step, 0);
  const rounds = steps.reduce((sum, step) => sum + Math.ceil(step / CALLS_AT_ONCE), 0);
  return {
    work: Math.max(1, calls / CALLS_MEASURED),
    io: Math.max(1, rounds / CALLS_MEASURED),
  };
}

export interface BatchDurationOptions {
  /** Duration of one call, which the platform itself waits for. The memory is in the context of each call. */
  readonly duration: Omit<DurationModel, 'memoryMb'>;
  readonly writeMode: QueueConfig['writeMode'];
  /** Monotonic clock. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Factor of modelled durations; 1 by default. */
  readonly durationFactor?: () => number;
}

/** Adds the extra time of a large batch. The time of the real calls counts as modelled waiting. */
export function withBatchDuration(handler: SqsHandler, options: BatchDurationOptions): SqsHandler {
  const { duration, writeMode, nowMs, wait } = options;
  return async (event, context) => {
    const startedMs = nowMs();
    const response = await handler(event, context);
    const { work, io } = batchLoad(event.Records.length, writeMode);
    const factor = options.durationFactor?.() ?? 1;
    const waitingMs = Math.max(0, duration.ioMs * io * factor - (nowMs() - startedMs));
    const memoryMb = Number(context.memoryLimitInMB);
    await wait(waitingMs + cpuMs({ ...duration, memoryMb }) * (work - 1) * factor);
    return response;
  };
}
