import { describe, expect, it } from 'vitest';
import { parseServerTiming } from '../../../lib/core/order/parse-server-timing.ts';

describe('parseServerTiming', () => {
  it.each([
    ['handler;dur=4.25', { cold: false, initMs: null, handlerMs: 4.25 }],
    ['cold;desc=1, init;dur=142.5, handler;dur=9', { cold: true, initMs: 142.5, handlerMs: 9 }],
    ['cold;desc="1",handler;dur=9', { cold: true, initMs: null, handlerMs: 9 }],
    ['cold;desc=0, handler;dur=9', { cold: false, initMs: null, handlerMs: 9 }],
    ['db;dur=53;desc="a cold start", handler;dur=1', { cold: false, initMs: null, handlerMs: 1 }],
    ['handler;dur=fast', { cold: false, initMs: null, handlerMs: null }],
    ['cold', { cold: true, initMs: null, handlerMs: null }],
    ['cold;desc=warm', { cold: false, initMs: null, handlerMs: null }],
    ['cold;dur=0', { cold: false, initMs: null, handlerMs: null }],
    ['db;desc="a, cold, start", handler;dur=2', { cold: false, initMs: null, handlerMs: 2 }],
  ])('reads %j', (header, expected) => {
    expect(parseServerTiming(header)).toEqual(expected);
  });

  it.each([
    '',
    'cdn-cache; desc=HIT',
    'cfCacheStatus;desc="DYNAMIC", cfEdge;dur=8,cfOrigin;dur=95',
    'cdn-cache; desc="MISS, cold", edge; dur=1',
    'cold-start;dur=3, handlers;dur=1',
    ',;, "',
  ])('reads nothing of a handler in %j', (header) => {
    expect(parseServerTiming(header)).toBeNull();
  });
});
