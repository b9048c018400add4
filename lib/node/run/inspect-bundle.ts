import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EXIT, UserError } from '../../core/config/user-error.ts';

/** What k6 itself makes of a bundle, before anything is sent. */
export interface Requirements {
  readonly maxVUs: number;
  /** As k6 prints it, such as `47s` or `1m2s`; includes graceful stops. */
  readonly totalDuration: string;
  readonly scenarios: Readonly<Record<string, unknown>>;
}

/**
 * Runs `k6 inspect --execution-requirements`, which evaluates the script without sending anything.
 *
 * @throws UserError E_SCENARIO with k6's own message, where it refuses the script or its options.
 */
export async function inspectBundle(
  binary: string,
  bundle: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): Promise<Requirements> {
  const inspectArgs = [
    'inspect',
    '--execution-requirements',
    '--include-system-env-vars',
    '--log-format',
    'json',
  ];
  try {
    const { stdout } = await promisify(execFile)(binary, [...inspectArgs, ...args, bundle], {
      env: { ...env },
      timeout: 20_000,
    });
    return JSON.parse(stdout) as Requirements;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    // A script that never comes to its end is killed without a word.
    const reason = reasonOf((stderr || String(error)).trim().split('\n').at(-1) ?? '');
    throw new UserError('E_SCENARIO', `k6 refuses the scenario: ${redact(reason)}`, EXIT.usage);
  }
}

/** k6's message of several lines, such as a stack trace, in one. */
function reasonOf(lastLine: string): string {
  let message = lastLine;
  try {
    message = (JSON.parse(lastLine) as { msg?: string }).msg ?? lastLine;
  } catch {
    // Not from k6's logger, such as the message of an exec that failed.
  }
  return message.trim().replace(/\s*\n\s*/g, ' ');
}
