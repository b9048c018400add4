import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { codeOf } from '../../core/text/reason-of.ts';

export interface NameServerWatch {
  /** Whether the name server failed to answer at any time so far. */
  readonly stop: () => boolean;
}

const EVERY_MS = 1500;
/** Shorter than a request timeout may be, in which a look-up of k6 is given up without a word of it. */
const ASK = { timeout: 700, tries: 2 };
/** These are answers: the name server lives. */
const ANSWERS = ['ENOTFOUND', 'ENODATA'];

/**
 * Asks the machine's name server for the hosts of some URLs until stopped. k6 says of a look-up that takes longer
 * than the request may only that the request timed out, which a target that hangs does as well. Names of the
 * hosts file are asked of nobody.
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

/** The hosts of some URLs that only a name server knows. */
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
