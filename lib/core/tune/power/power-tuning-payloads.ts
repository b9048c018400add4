/**
 * The event of each of `num` calls as JSON text. A list whose elements all have `payload` and `weight` gives each
 * payload its share of the calls, one after the other; the last one takes what is left. Anything else is the event of
 * every call; a text that is JSON already is taken as it is. The same as aws-lambda-power-tuning does.
 */
export function powerTuningPayloads(
  payload: unknown,
  num: number,
): { readonly payloads: readonly string[] } | { readonly problem: string } {
  const weighted = weightedPayloads(payload);
  if (weighted === null) {
    return { payloads: new Array<string>(num).fill(eventText(payload || null)) };
  }
  if (num < weighted.length) {
    return {
      problem: `${weighted.length} payloads need at least ${weighted.length} calls, not ${num}`,
    };
  }
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const payloads: string[] = [];
  for (const [position, { payload: event, weight }] of weighted.entries()) {
    const share = Math.floor((weight * num) / total);
    if (share < 1) {
      return { problem: `weight ${weight} of ${total} is less than one of ${num} calls` };
    }
    const isLast = position === weighted.length - 1;
    const calls = isLast ? num - payloads.length : share;
    payloads.push(...new Array<string>(calls).fill(eventText(event)));
  }
  return { payloads };
}

interface WeightedPayload {
  readonly payload: unknown;
  readonly weight: number;
}

function weightedPayloads(payload: unknown): readonly WeightedPayload[] | null {
  if (!Array.isArray(payload) || payload.length === 0) return null;
  const isWeighted = (one: Partial<WeightedPayload> | null) =>
    Boolean(one?.payload) && typeof one?.weight === 'number' && one.weight > 0;
  return payload.every(isWeighted) ? (payload as WeightedPayload[]) : null;
}

function eventText(payload: unknown): string {
  if (typeof payload !== 'string') return JSON.stringify(payload);
  try {
    JSON.parse(payload);
    return payload;
  } catch {
    return JSON.stringify(payload);
  }
}
