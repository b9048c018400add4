import protobuf from 'protobufjs/light.js';
import { compressSync } from 'snappy';
import type { DecodedPush } from '../../../lib/core/telemetry/decoded-push.ts';

/** Remote write as Prometheus declares it, so that the decoder's shortcuts are tested against it. */
const root = protobuf.Root.fromJSON({
  nested: {
    WriteRequest: { fields: { timeseries: { rule: 'repeated', type: 'TimeSeries', id: 1 } } },
    TimeSeries: {
      fields: {
        labels: { rule: 'repeated', type: 'Label', id: 1 },
        samples: { rule: 'repeated', type: 'Sample', id: 2 },
        histograms: { rule: 'repeated', type: 'Histogram', id: 4 },
      },
    },
    Label: { fields: { name: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Sample: { fields: { value: { type: 'double', id: 1 }, timestamp: { type: 'int64', id: 2 } } },
    Histogram: {
      fields: {
        countInt: { type: 'uint64', id: 1 },
        sum: { type: 'double', id: 3 },
        schema: { type: 'sint32', id: 4 },
        zeroThreshold: { type: 'double', id: 5 },
        zeroCountInt: { type: 'uint64', id: 6 },
        positiveSpans: { rule: 'repeated', type: 'BucketSpan', id: 11 },
        positiveDeltas: { rule: 'repeated', type: 'sint64', id: 12, options: { packed: true } },
        timestamp: { type: 'int64', id: 15 },
      },
    },
    BucketSpan: {
      fields: { offset: { type: 'sint32', id: 1 }, length: { type: 'uint32', id: 2 } },
    },
  },
});

/** The body of the remote-write request that carries a push. */
export function encodePush({ series }: DecodedPush): Uint8Array {
  const type = root.lookupType('WriteRequest');
  const timeseries = series.map(({ labels, samples, histograms }) => ({
    labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    samples: samples.map(({ value, timestampMs }) => ({ value, timestamp: timestampMs })),
    histograms: histograms.map((native) => ({
      countInt: native.count,
      sum: 1,
      schema: native.schema,
      zeroThreshold: 2 ** -128,
      zeroCountInt: native.zeroCount,
      positiveSpans: native.positiveSpans,
      positiveDeltas: native.positiveDeltas,
      timestamp: native.timestampMs,
    })),
  }));
  return compressSync(Buffer.from(type.encode(type.fromObject({ timeseries })).finish()));
}
