import protobuf from 'protobufjs/light.js';
import { uncompressSync } from 'snappy';
import type { DecodedPush, DecodedSeries } from '../../core/telemetry/decoded-push.ts';
import { isTrackedMetric } from '../../core/telemetry/series-id.ts';

/** Far above any real push: 60 series of 400 buckets take 60 KB. */
export const MAX_DECODED_BYTES = 64 * 1024 * 1024;

/**
 * The part of Prometheus' remote-write 1.0 protocol that k6 uses. Series, labels and histograms stay bytes until they
 * are known to be needed, because most of what k6 sends is its own http_req_* metrics.
 *
 * Source: https://github.com/prometheus/prometheus/blob/main/prompb/types.proto
 */
const nested = {
  WriteRequest: { fields: { timeseries: { rule: 'repeated', type: 'bytes', id: 1 } } },
  TimeSeries: {
    fields: {
      labels: { rule: 'repeated', type: 'bytes', id: 1 },
      samples: { rule: 'repeated', type: 'Sample', id: 2 },
      histograms: { rule: 'repeated', type: 'bytes', id: 4 },
    },
  },
  Label: { fields: { name: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
  Sample: { fields: { value: { type: 'double', id: 1 }, timestamp: { type: 'int64', id: 2 } } },
  Histogram: {
    fields: {
      countInt: { type: 'uint64', id: 1 },
      schema: { type: 'sint32', id: 4 },
      zeroCountInt: { type: 'uint64', id: 6 },
      negativeSpans: { rule: 'repeated', type: 'bytes', id: 8 },
      positiveSpans: { rule: 'repeated', type: 'BucketSpan', id: 11 },
      positiveDeltas: { rule: 'repeated', type: 'sint64', id: 12 },
      timestamp: { type: 'int64', id: 15 },
    },
  },
  BucketSpan: {
    fields: { offset: { type: 'sint32', id: 1 }, length: { type: 'uint32', id: 2 } },
  },
};

type Int64 = number | { toNumber(): number };

interface WriteRequestMessage {
  readonly timeseries: readonly Uint8Array[];
}

interface TimeSeriesMessage {
  readonly labels: readonly Uint8Array[];
  readonly samples: readonly { readonly value: number; readonly timestamp: Int64 }[];
  readonly histograms: readonly Uint8Array[];
}

interface LabelMessage {
  readonly name: string;
  readonly value: string;
}

interface HistogramMessage {
  readonly countInt: Int64;
  readonly schema: number;
  readonly zeroCountInt: Int64;
  readonly negativeSpans: readonly unknown[];
  readonly positiveSpans: readonly { readonly offset: number; readonly length: number }[];
  readonly positiveDeltas: readonly Int64[];
  readonly timestamp: Int64;
}

const root = protobuf.Root.fromJSON({ nested });
const decodeRequest = decoderOf<WriteRequestMessage>('WriteRequest');
const decodeTimeSeries = decoderOf<TimeSeriesMessage>('TimeSeries');
const decodeLabel = decoderOf<LabelMessage>('Label');
const decodeHistogram = decoderOf<HistogramMessage>('Histogram');

/**
 * Decodes the body of a remote-write request; series that are not tracked are left out.
 * @throws Error if it is not snappy, not protobuf, or larger than MAX_DECODED_BYTES.
 */
export function decodePush(body: Uint8Array): DecodedPush {
  const request = decodeRequest(unpack(body));
  const series: DecodedSeries[] = [];
  for (const bytes of request.timeseries) {
    const { labels, samples, histograms } = decodeTimeSeries(bytes);
    if (!isTrackedMetric(nameOf(labels))) continue;
    series.push({
      labels: Object.fromEntries(labels.map(decodeLabel).map((label) => [label.name, label.value])),
      samples: samples.map(({ value, timestamp }) => ({ value, timestampMs: toNumber(timestamp) })),
      histograms: histograms.map((encoded) => toNativeHistogram(decodeHistogram(encoded))),
    });
  }
  return { series };
}

/** Snappy's library allocates as much memory as the body claims to need, so the claim is checked first. */
function unpack(body: Uint8Array): Uint8Array {
  const claimedBytes = protobuf.Reader.create(body).uint32();
  if (claimedBytes > MAX_DECODED_BYTES) {
    throw new Error(`it is too large: ${claimedBytes} bytes unpacked`);
  }
  return uncompressSync(Buffer.from(body.buffer, body.byteOffset, body.length)) as Buffer;
}

/** The name is the first label, because labels are sorted; the others are read only if the series is needed. */
function nameOf(labels: readonly Uint8Array[]): string {
  for (const label of labels) {
    const { name, value } = decodeLabel(label);
    if (name === '__name__') return value;
  }
  throw new Error('a time series has no name');
}

function toNativeHistogram(message: HistogramMessage): DecodedSeries['histograms'][number] {
  return {
    timestampMs: toNumber(message.timestamp),
    schema: message.schema,
    count: toNumber(message.countInt),
    zeroCount: toNumber(message.zeroCountInt),
    positiveSpans: message.positiveSpans,
    positiveDeltas: message.positiveDeltas.map(toNumber),
    negativeSpanCount: message.negativeSpans.length,
  };
}

function decoderOf<T>(name: string): (bytes: Uint8Array) => T {
  const type = root.lookupType(name);
  return (bytes) => type.decode(bytes) as unknown as T;
}

/** A bucket's count stays far below 2^53. */
function toNumber(value: Int64): number {
  return typeof value === 'number' ? value : value.toNumber();
}
