import { BUCKETS_PER_OCTAVE, type Histogram } from './histogram.ts';

/** No double lies outside 2^±1075. */
const MAX_INDEX = 1075 * BUCKETS_PER_OCTAVE;
const FIELDS = ['schema', 'zeroCount', 'buckets'];

/**
 * Reads the JSON form of a histogram. Strict: any deviation is an error, because a histogram that is
 * nearly right gives figures that are nearly right.
 * @throws RangeError naming the field and what it should be.
 */
export function parseHistogram(json: unknown): Histogram {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RangeError('histogram: expected an object');
  }
  const fields = new Map(Object.entries(json));
  for (const name of fields.keys()) {
    if (!FIELDS.includes(name)) throw new RangeError(`histogram.${name}: unknown field`);
  }
  if (fields.get('schema') !== 6) throw new RangeError('histogram.schema: expected 6');
  const zeroCount = fields.get('zeroCount');
  if (!isCount(zeroCount)) {
    throw new RangeError('histogram.zeroCount: expected a whole number of zero and above');
  }
  const list = fields.get('buckets');
  if (!Array.isArray(list)) throw new RangeError('histogram.buckets: expected a list');
  let previous = -Infinity;
  const buckets = list.map((entry: unknown, position) => {
    const bucket = parseBucket(entry, `histogram.buckets[${position}]`);
    if (bucket[0] <= previous) {
      throw new RangeError(`histogram.buckets[${position}]: indexes must ascend`);
    }
    previous = bucket[0];
    return bucket;
  });
  return { schema: 6, zeroCount, buckets };
}

function parseBucket(entry: unknown, where: string): readonly [number, number] {
  if (!Array.isArray(entry) || entry.length !== 2) {
    throw new RangeError(`${where}: expected a pair of index and count`);
  }
  const [index, count]: unknown[] = entry;
  if (!Number.isSafeInteger(index) || Math.abs(index as number) > MAX_INDEX) {
    throw new RangeError(`${where}: expected a whole index within ±${MAX_INDEX}`);
  }
  if (!isCount(count) || count === 0) {
    throw new RangeError(`${where}: expected a whole count above zero`);
  }
  return [index as number, count];
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
