type Headers = Readonly<Record<string, string>>;

const isHost = (name: string) => name.toLowerCase() === 'host';

/** The value of a Host header, whose name has no case; undefined without one. */
export function hostHeader(headers: Headers): string | undefined {
  return Object.entries(headers).find(([name]) => isHost(name))?.[1];
}

/** The headers without it: SigV4 signs the host by itself. */
export function withoutHost(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isHost(name)));
}
