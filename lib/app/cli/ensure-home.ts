import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Beside the suite's own packages, so only those who may change the suite can write there. It need not exist. */
const SUITE_HOME = fileURLToPath(new URL('../../../node_modules/.cache/home', import.meta.url));

/**
 * Sets HOME where the user has no home directory, for this process and those it starts. In a container there may be
 * neither HOME nor an entry in passwd, and Go, k6 and the AWS SDK then fail although they need no file from it.
 */
export function ensureHome(
  env: Record<string, string | undefined>,
  readHome: () => string = homedir,
): void {
  if (env['HOME'] !== undefined && env['HOME'] !== '') return;
  try {
    if (readHome() !== '') return;
  } catch {
    // There is no entry in passwd.
  }
  env['HOME'] = SUITE_HOME;
}
