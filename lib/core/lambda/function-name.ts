export interface FunctionName {
  readonly name: string;
  /** Null if callers use the function itself. */
  readonly alias: string | null;
}

/** Takes `NAME` or `NAME:ALIAS` apart. */
export function parseFunctionName(text: string): FunctionName {
  const colon = text.indexOf(':');
  if (colon === -1) return { name: text, alias: null };
  return { name: text.slice(0, colon), alias: text.slice(colon + 1) };
}
