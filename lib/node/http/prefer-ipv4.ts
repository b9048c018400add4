import { type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: { address: string; family: number }[],
  ) => void,
) => void;

/**
 * Resolves names like k6 with the DNS policy `preferIPv4`: an IPv6 address is used only if there is no IPv4 address.
 * Node would try one after the other, and reach a server that k6 does not.
 */
export function preferIPv4(lookupAll: LookupAll = lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const ipv4 = addresses.filter(({ family }) => family === 4);
      const tried = ipv4.length > 0 ? ipv4 : addresses;
      const [first] = tried;
      if (options.all || first === undefined) return callback(null, tried);
      callback(null, first.address, first.family);
    });
  };
}
