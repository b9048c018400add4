import { UserError } from '../errors/user-error.ts';
import type { Env } from './env.ts';

/**
 * Refuses a run whose secrets are not in the environment or cannot be right: blank ones, and those with a line break or
 * another control character, which no header may hold. Messages never contain a value.
 * @param whose what needs them; completes "not set in the environment, but …".
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
      `${name}: the variable ${problem}, so nothing was sent; set it again (${name}="$(command)" drops the last line break), and run again.`,
    );
  }
}

/** Why a text cannot be a secret in a header; null if it can. */
export function secretProblem(secret: string): string | null {
  if (secret.trim() === '') return 'is blank';
  if (/[\r\n\u2028\u2029]/.test(secret)) {
    return secret.trim() === secret
      ? 'contains a line break'
      : 'has a line break at its beginning or end';
  }
  // The only control character that Go accepts in a header is a tab.
  return /(?!\t)\p{Cc}/u.test(secret) ? 'contains a control character' : null;
}
