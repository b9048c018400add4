import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { codeOf } from '../../core/errors/reason-of.ts';

export interface NameServerWatch {
  /** Stops watching, and returns whether the name server ever failed to answer. */
  readonly stop: () => boolean;
}

const EVERY_MS = 1500;
/** Shorter than a request timeout, within which k6 gives up a look-up without mentioning it. */
const ASK = { timeout: 700, tries: 2 };
/** With these codes the name server did answer, so it works. */
const ANSWERS = ['ENOTFOUND', 'ENODATA'];

/**
 * Asks the machine's name server for the hosts of some URLs until stopped. If a look-up takes longer than the request
 * timeout, k6 only reports that the request timed out, as it does for a target that hangs. Names in the hosts file are
 * not looked up.
 */
export function watchNameServer(
  urls: readonly string[],
  hostsPath = '/etc/hosts',
): NameServerWatch {
  const names = namesToLookUp(urls, hostsPath);
  const resolver = new Resolver(ASK);
  let hasFailed = false;
  let isOver = false;
  const ask = async (name: string): Promise<void> => {
    try {
      await resolver.resolve4(name);
    } catch (error) {
      const code = codeOf(error) ?? '';
      if (!isOver && !ANSWERS.includes(code)) hasFailed = true;
    }
  };
  const timer = setInterval(() => void names.map(ask), EVERY_MS);
  return {
    stop: () => {
      isOver = true;
      clearInterval(timer);
      resolver.cancel();
      return hasFailed;
    },
  };
}

/** Returns the hosts of these URLs that only a name server can resolve. */
export function namesToLookUp(urls: readonly string[], hostsPath: string): readonly string[] {
  const known = namesInHosts(hostsPath);
  return [...new Set(urls.map((url) => new URL(url).hostname))].filter(
    (name) => isLookedUp(name) && !known.has(name),
  );
}

function isLookedUp(hostname: string): boolean {
  const isAddress = hostname.startsWith('[') || isIP(hostname) !== 0;
  return !isAddress && hostname !== 'localhost' && !hostname.endsWith('.localhost');
}

function namesInHosts(path: string): ReadonlySet<string> {
  try {
    const lines = readFileSync(path, 'utf8').toLowerCase().split('\n');
    return new Set(lines.flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1)));
  } catch {
    return new Set();
  }
}
