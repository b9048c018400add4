import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Beside the suite's own packages, which only who may change the suite can write. It need not exist. */
const SUITE_HOME = fileURLToPath(new URL('../../../node_modules/.cache/home', import.meta.url));

/**
 * Gives a user without a folder one, for this process and those it starts: in a container there may be neither HOME
 * nor an entry in passwd, and Go, k6 and the AWS SDK fail on that though they find nothing there.
 */
export function ensureHome(
  env: Record<string, string | undefined>,
  readHome: () => string = homedir,
): void {
  if (env['HOME'] !== undefined && env['HOME'] !== '') return;
  try {
    if (readHome() !== '') return;
  } catch {
    // Nobody knows one.
  }
  env['HOME'] = SUITE_HOME;
}
