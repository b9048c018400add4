import { describe, expect, it } from 'vitest';
import type { MappingSettings } from '../../../order-api/config/queue-config.ts';
import {
  createEventSourceMapping,
  throttleBackoffMs,
} from '../../../order-api/queue/event-source-mapping.ts';
import { DEFAULT_QUEUE_CONFIG } from '../default-queue-config.ts';
import { createFakeClock } from '../lambda/fake-clock.ts';

function createMapping(config: Partial<MappingSettings> = {}) {
  const clock = createFakeClock();
  const mapping = createEventSourceMapping({ ...DEFAULT_QUEUE_CONFIG, ...config }, clock.nowMs);
  const pollers = [...mapping.scale(false)];
  return {
    clock,
    mapping,
    pollers,
    /** Scales once a second, as the runner does. */
    pass(seconds: number, backlog = true) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000);
        pollers.push(...mapping.scale(backlog));
      }
    },
  };
}

describe('scaling of the pollers', () => {
  it('goes from 5 to 1,250 in 4.15 minutes of backlog, and no further', () => {
    const { mapping, pass } = createMapping();
    expect(mapping.pollers()).toBe(5);
    pass(60);
    expect(mapping.pollers()).toBe(305);
    pass(Math.round(4.15 * 60) - 61);
    expect(mapping.pollers()).toBe(1_245);
    pass(1);
    expect(mapping.pollers()).toBe(1_250);
    pass(60);
    expect(mapping.pollers()).toBe(1_250);
  });

  it('adds the same however often it is asked', () => {
    const { clock, mapping } = createMapping();
    for (let tick = 0; tick < 600; tick += 1) {
      clock.advance(100);
      mapping.scale(true);
    }
    expect(mapping.pollers()).toBe(305);
  });

  it('has ten batches for each provisioned poller, and 1,000 more a minute up to their maximum', () => {
    const { mapping, pass } = createMapping({ pollers: { minimum: 3, maximum: 120 } });
    expect(mapping.pollers()).toBe(30);
    pass(60);
    expect(mapping.pollers()).toBe(1_030);
    pass(60);
    expect(mapping.pollers()).toBe(1_200);
  });

  it('does not grow without a backlog', () => {
    const { mapping, pass } = createMapping();
    pass(600, false);
    expect(mapping.pollers()).toBe(5);
    pass(1);
    expect(mapping.pollers()).toBe(10);
  });

  it.each([
    [2, 2, 2],
    [7, 5, 7],
    [1_000, 5, 1_000],
  ])('keeps to a maximum concurrency of %i', (maximumConcurrency, first, last) => {
    const { mapping, pass } = createMapping({ maximumConcurrency });
    expect(mapping.pollers()).toBe(first);
    pass(600);
    expect(mapping.pollers()).toBe(last);
  });

  it('returns to five pollers as long polls come back empty, and grows again from there', () => {
    const { mapping, pollers, pass } = createMapping();
    pass(10);
    expect(mapping.pollers()).toBe(55);
    const ended = pollers.filter((poller) => {
      poller.received([]);
      return poller.next().kind === 'end';
    });
    expect(ended).toHaveLength(50);
    expect(mapping.pollers()).toBe(5);
    pass(1);
    expect(mapping.pollers()).toBe(10);
  });

  it('never ends a poller that holds messages', () => {
    const { pollers, pass } = createMapping({ batchWindowSeconds: 300 });
    pass(10);
    const [poller] = pollers;
    poller?.received([{ messageId: 'a', bytes: 10 }]);
    poller?.received([]);
    expect(poller?.next().kind).toBe('receive');
  });
});

describe('a poller', () => {
  const messages = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ messageId: `m${index}`, bytes: 10 }));

  it('asks for ten messages at most, and never for more than the batch still takes', () => {
    const [poller] = createMapping({ batchSize: 25, batchWindowSeconds: 1 }).pollers;
    const asked = [10, 10, 5].map((count) => {
      const step = poller?.next();
      poller?.received(messages(count));
      return step;
    });
    expect(asked).toEqual(
      [10, 10, 5].map((maxMessages) => ({ kind: 'receive', maxMessages, waitSeconds: 20 })),
    );
    const step = poller?.next();
    expect(step?.kind === 'invoke' && step.batch).toHaveLength(25);
  });

  it('polls for 20 s whatever the window: on a quiet queue a batch waits that long', () => {
    const { clock, pollers } = createMapping({ batchWindowSeconds: 1 });
    const [poller] = pollers;
    poller?.received(messages(1));
    expect(poller?.next()).toMatchObject({ kind: 'receive', waitSeconds: 20 });
    clock.advance(20_000);
    poller?.received([]);
    expect(poller?.next().kind).toBe('invoke');
  });

  it('invokes at once without a window', () => {
    const [poller] = createMapping().pollers;
    poller?.received(messages(1));
    expect(poller?.next().kind).toBe('invoke');
  });
});

describe('throttleBackoffMs', () => {
  it('doubles from 0.1 s to 10 s and gives up when the messages would reappear first', () => {
    const waits = Array.from({ length: 9 }, (_, attempt) => throttleBackoffMs(attempt, 60_000));
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    expect(throttleBackoffMs(0, 100)).toBeNull();
    expect(throttleBackoffMs(0, -5)).toBeNull();
  });
});
