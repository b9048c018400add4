/** What the handler says of one invocation in its Server-Timing header. Durations in ms, null when not given. */
export interface ServerTiming {
  readonly cold: boolean;
  readonly initMs: number | null;
  readonly handlerMs: number | null;
}

/**
 * Reads `cold;desc=1, init;dur=…, handler;dur=…`. Other metrics in the header are passed over, and a
 * value that is no number reads as absent: a target's header never stops a run.
 */
export function parseServerTiming(header: string): ServerTiming {
  let cold = false;
  let initMs: number | null = null;
  let handlerMs: number | null = null;
  for (const part of header.split(',')) {
    const [name, ...params] = part.trim().split(';');
    if (name === 'cold') cold = !params.some((param) => /^\s*desc="?0"?\s*$/.test(param));
    else if (name === 'init') initMs = durationOf(params);
    else if (name === 'handler') handlerMs = durationOf(params);
  }
  return { cold, initMs, handlerMs };
}

function durationOf(params: readonly string[]): number | null {
  for (const param of params) {
    const match = /^\s*dur=(\d+(?:\.\d+)?)\s*$/.exec(param);
    if (match?.[1] !== undefined) return Number(match[1]);
  }
  return null;
}
