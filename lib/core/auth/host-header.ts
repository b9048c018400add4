type Headers = Readonly<Record<string, string>>;

const isHost = (name: string) => name.toLowerCase() === 'host';

/** Returns the value of the Host header, in any case, or undefined without one. */
export function hostHeader(headers: Headers): string | undefined {
  return Object.entries(headers).find(([name]) => isHost(name))?.[1];
}

/** Returns the headers without Host, because SigV4 signs the host by itself. */
export function withoutHost(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isHost(name)));
}
