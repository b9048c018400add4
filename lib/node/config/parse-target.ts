import type { TargetUrl } from '../../core/config/check-host.ts';
import { UserError } from '../../core/config/user-error.ts';

export interface ParsedTarget {
  /** The normalised base URL without a trailing slash: load this one, it is what was judged. */
  readonly baseUrl: string;
  readonly url: TargetUrl;
}

/**
 * Parses a target as browsers do, so that every spelling of an address (decimal, hexadecimal, upper
 * case) is judged and loaded in one form. Never repeats the text: it may hold a password.
 */
export function parseTarget(target: string): ParsedTarget {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    throw new UserError(
      'E_TARGET_URL',
      'The target is not a URL; give one like https://api.example.com/prod.',
    );
  }
  return { baseUrl: url.origin + url.pathname.replace(/\/+$/, ''), url };
}
