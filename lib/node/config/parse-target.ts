import type { TargetUrl } from '../../core/config/check-host.ts';
import { UserError } from '../../core/errors/user-error.ts';

export interface ParsedTarget {
  /** The normalised base URL without a trailing slash. Load this one: it is the one that was checked. */
  readonly baseUrl: string;
  readonly url: TargetUrl;
}

/**
 * Parses a target as browsers do, so every spelling of an address (decimal, hexadecimal, upper case) is checked and
 * loaded in one form. Errors never repeat the text: it may contain a password.
 */
export function parseTarget(target: string): ParsedTarget {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    throw new UserError(
      'E_TARGET_URL',
      'The target is not a URL; use one like https://api.example.com/prod.',
    );
  }
  return { baseUrl: url.origin + url.pathname.replace(/\/+$/, ''), url };
}
