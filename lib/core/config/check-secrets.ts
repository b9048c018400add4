import type { Env } from './env.ts';
import { UserError } from './user-error.ts';

/**
 * Refuses a run whose secrets are not in the environment, or cannot be what was meant: blank ones, and those with a line
 * break or another control character, which no header may hold. Never tells a value.
 * @param whose what needs them, to complete "not set in the environment, but … need it".
 * @throws UserError E_SECRET_MISSING, E_SECRET_INVALID (exit 2)
 */
export function checkSecrets(
  names: readonly string[],
  env: Env,
  whose = "the run's headers or authentication need it",
): void {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new UserError(
      'E_SECRET_MISSING',
      `${missing.join(', ')}: not set in the environment, but ${whose}; export it and run again.`,
    );
  }
  for (const name of names) {
    const problem = secretProblem(env[name] ?? '');
    if (problem === null) continue;
    throw new UserError(
      'E_SECRET_INVALID',
      `${name}: the variable ${problem}, so nothing was sent; set it anew (${name}="$(command)" leaves the last line break out) and run again.`,
    );
  }
}

/** Why a text cannot be a secret that travels in a header; null where it can. */
export function secretProblem(secret: string): string | null {
  if (secret.trim() === '') return 'is blank';
  if (/[\r\n\u2028\u2029]/.test(secret)) {
    return secret.trim() === secret
      ? 'has a line break in it'
      : 'has a line break at its beginning or end';
  }
  // Go takes a tab in a header, and nothing else of them.
  return /(?!\t)\p{Cc}/u.test(secret) ? 'has a control character in it' : null;
}
