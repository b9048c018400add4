/** What the handler reports about one invocation in its Server-Timing header. Durations are in ms, null if absent. */
export interface ServerTiming {
  readonly cold: boolean;
  readonly initMs: number | null;
  readonly handlerMs: number | null;
}

/**
 * Parses `cold;desc=1, init;dur=…, handler;dur=…`. Returns null if the header has none of the three, because then it
 * comes from something in front of the function, such as a CDN. Other metrics are ignored, and a value that is not a
 * number counts as absent: a target's header never stops a run.
 */
export function parseServerTiming(header: string): ServerTiming | null {
  let isOfHandler = false;
  let cold = false;
  let initMs: number | null = null;
  let handlerMs: number | null = null;
  // A comma in a quoted description does not end a part.
  const parts = header.includes('"') ? header.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) : null;
  for (const part of parts ?? header.split(',')) {
    const [first = '', ...params] = part.split(';');
    const name = first.trim();
    if (name === 'cold') cold = !params.some((param) => DENIES.test(param));
    else if (name === 'init') initMs = durationOf(params);
    else if (name === 'handler') handlerMs = durationOf(params);
    else continue;
    isOfHandler = true;
  }
  return isOfHandler ? { cold, initMs, handlerMs } : null;
}

const DENIES = /^\s*(desc="?(0|false|no|warm)"?|dur=0(\.0*)?)\s*$/i;

function durationOf(params: readonly string[]): number | null {
  for (const param of params) {
    const match = /^\s*dur=(\d+(?:\.\d+)?)\s*$/.exec(param);
    if (match?.[1] !== undefined) return Number(match[1]);
  }
  return null;
}
