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
    ['', { cold: false, initMs: null, handlerMs: null }],
  ])('reads %j', (header, expected) => {
    expect(parseServerTiming(header)).toEqual(expected);
  });
});
