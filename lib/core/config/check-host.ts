import { UserError } from '../errors/user-error.ts';

/** The parts of a parsed URL that the guard judges; a WHATWG `URL` has them all. */
export interface TargetUrl {
  readonly protocol: string;
  /** Normalised by the WHATWG parser: lower case, IPv4 dotted, IPv6 in brackets. */
  readonly hostname: string;
  /** Empty for the protocol's default port. */
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly search: string;
  readonly hash: string;
}

const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** Whether a WHATWG-normalised host name is this machine by definition: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_V4.test(hostname);
}

/**
 * Refuses a target that is neither loopback nor allowed. `allowHosts` holds `host`, `host:port` or
 * `*.example.com` (any depth of subdomain, not the domain itself), in lower case.
 */
export function checkHost(target: TargetUrl, allowHosts: readonly string[]): void {
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new UserError(
      'E_TARGET_URL',
      `The target's protocol is ${target.protocol.slice(0, -1)}; use an http:// or https:// URL.`,
    );
  }
  if (target.username !== '' || target.password !== '') {
    throw new UserError(
      'E_TARGET_URL',
      'The target contains a user name or password; pass it with --header name=env:VAR instead.',
    );
  }
  if (target.search !== '' || target.hash !== '') {
    throw new UserError(
      'E_TARGET_URL',
      'The target contains a query or fragment; use the base URL only, and pass a query with --query name=value.',
    );
  }
  if (isLoopback(target.hostname) || allowHosts.some((entry) => allows(entry, target))) return;
  throw new UserError(
    'E_HOST_NOT_ALLOWED',
    `${target.hostname} is not this machine, and is not on the list of allowed hosts; if it is yours, add --allow-host ${target.hostname}, or allowHosts in the config file.`,
  );
}

function allows(entry: string, target: TargetUrl): boolean {
  const match = /^(.*?)(?::(\d+))?$/.exec(entry);
  const host = withoutRootDot(match?.[1] ?? '');
  const port = match?.[2] ?? null;
  if (port !== null && port !== effectivePort(target)) return false;
  const hostname = withoutRootDot(target.hostname);
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

function effectivePort({ port, protocol }: TargetUrl): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

/** To DNS, `example.com.` and `example.com` are the same name. */
function withoutRootDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}
