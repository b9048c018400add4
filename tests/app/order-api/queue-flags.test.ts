import { describe, expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { DEFAULT_QUEUE_CONFIG } from '../../order-api/default-queue-config.ts';

const queueOf = (flags: string) => parseOrderApiFlags(flags.split(' '))?.config.queue;

describe('the flags of the queue', () => {
  it('are off, and by default those of AWS', () => {
    expect(queueOf('--store memory')).toBeNull();
    expect(queueOf('--queue')).toEqual(DEFAULT_QUEUE_CONFIG);
  });

  it('come into the configuration', () => {
    const flags =
      '--queue --batch-size 10000 --batch-window-seconds 5 --max-concurrency 2 ' +
      '--visibility-seconds 60 --max-receive-count 3 --write-mode conditional';
    expect(queueOf(flags)).toEqual({
      batchSize: 10_000,
      batchWindowSeconds: 5,
      maximumConcurrency: 2,
      visibilitySeconds: 60,
      maxReceiveCount: 3,
      writeMode: 'conditional',
    });
  });

  it.each([
    ['--batch-size 5', '--batch-size has no effect without --queue'],
    ['--queue --batch-size 11', 'a batch size of 11 needs a batch window of 1 second or more'],
    ['--queue --batch-size 10001', 'from 1 to 10000'],
    ['--queue --batch-window-seconds 301', 'from 0 to 300'],
    ['--queue --max-concurrency 1', 'from 2 to 1000'],
    ['--queue --visibility-seconds 29', 'a visibility timeout of 29 s is shorter'],
    ['--queue --timeout-ms 31000', 'a visibility timeout of 30 s is shorter'],
  ])('are refused where AWS would refuse them: %s', (flags, message) => {
    expect(() => queueOf(flags)).toThrow(message);
  });
});
