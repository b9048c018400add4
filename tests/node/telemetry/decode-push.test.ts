import fc from 'fast-check';
import { compressSync } from 'snappy';
import { describe, expect, it } from 'vitest';
import { pow8ToHistogram } from '../../../lib/core/telemetry/pow8-histogram.ts';
import { decodePush, MAX_DECODED_BYTES } from '../../../lib/node/telemetry/decode-push.ts';
import { histogram } from '../../core/histogram/arbitraries.ts';
import { sample, toNative } from '../../core/telemetry/simulated-runner.ts';
import { encodePush } from './encode-push.ts';

const compress = (bytes: Uint8Array) => compressSync(Buffer.from(bytes));
const LABELS = { __name__: 'k6_order_latency_pow8', step: 'bürst', outcome: 'created' };

describe('decodePush', () => {
  it('reads every histogram as it was', () => {
    fc.assert(
      fc.property(histogram, fc.integer({ min: 0, max: 2 ** 42 }), (original, timestampMs) => {
        const histograms = [toNative(original, timestampMs)];
        const push = { series: [{ labels: LABELS, samples: [], histograms }] };
        const [decoded] = decodePush(encodePush(push)).series;
        expect(decoded?.labels).toEqual(LABELS);
        const native = decoded?.histograms[0];
        expect(native?.timestampMs).toBe(timestampMs);
        expect(native && pow8ToHistogram(native)).toEqual(original);
      }),
    );
  });

  it('reads counts beyond 2^31', () => {
    const many = { schema: 6, zeroCount: 3e9, buckets: [[-5, 5e9]] } as const;
    const series = [{ labels: LABELS, samples: [], histograms: [toNative(many, 1)] }];
    const native = decodePush(encodePush({ series })).series[0]?.histograms[0];
    expect(native && pow8ToHistogram(native)).toEqual(many);
  });

  it('reads samples and stale markers, and leaves out other metrics', () => {
    const series = [
      sample('k6_orders_started_total', { step: 'a' }, 12, 3),
      sample('k6_http_req_duration', { step: 'a' }, 12, 3),
      sample('k6_vus', {}, 13, Number.NaN),
    ];
    expect(decodePush(encodePush({ series })).series).toEqual([series[0], series[2]]);
  });

  it('throws on any garbage, and never hangs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        try {
          decodePush(bytes);
          decodePush(compress(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
    expect(() => decodePush(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff]))).toThrow();
    // A literal of 2.7 GB: a decoder in JavaScript read its length as negative and went round for ever.
    const literal = [170, 32, 252, 255, 253, 248, 162, 67];
    expect(() => decodePush(new Uint8Array(literal))).toThrow(/corrupt/);
    expect(() => decodePush(compress(new Uint8Array([10, 3, 10, 1, 10])))).toThrow();
  });

  it('refuses a push that would unpack to more than the cap', () => {
    const bomb = compress(new Uint8Array(MAX_DECODED_BYTES + 1));
    expect(bomb.length).toBeLessThan(MAX_DECODED_BYTES / 10);
    expect(() => decodePush(bomb)).toThrow(/too large/);
  });
});
