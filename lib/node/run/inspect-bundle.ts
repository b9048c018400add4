import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { programProblem, runProgram } from '../process/run-program.ts';

const TIMEOUT_MS = 20_000;

/** What k6 would do with a bundle, before anything is sent. */
export interface Requirements {
  readonly maxVUs: number;
  /** As k6 prints it, such as `47s` or `1m2s`; includes graceful stops. */
  readonly totalDuration: string;
  readonly scenarios: Readonly<Record<string, unknown>>;
}

/**
 * Runs `k6 inspect --execution-requirements`, which evaluates the script without sending anything.
 *
 * @throws UserError E_SCENARIO with k6's own message, if it refuses the script or its options.
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
  const end = await runProgram({
    file: binary,
    args: [...inspectArgs, ...args, bundle],
    env,
    timeoutMs: TIMEOUT_MS,
  });
  const problem = programProblem(end, TIMEOUT_MS);
  try {
    if (problem === null) return JSON.parse(end.stdout) as Requirements;
  } catch (error) {
    throw refused(String(error), redact);
  }
  // A script that does not end in time is killed and prints nothing.
  throw refused(end.stderr.trim().split('\n').at(-1) || `Command failed: ${problem}`, redact);
}

function refused(lastLine: string, redact: (text: string) => string): UserError {
  const reason = redact(reasonOf(lastLine));
  return new UserError('E_SCENARIO', `k6 refuses the scenario: ${reason}`, EXIT.usage);
}

/** k6's message on one line; it may have several, such as a stack trace. */
function reasonOf(lastLine: string): string {
  let message = lastLine;
  try {
    message = (JSON.parse(lastLine) as { msg?: string }).msg ?? lastLine;
  } catch {
    // It is not from k6's logger, such as the error of a program that did not start.
  }
  return message.trim().replace(/\s*\n\s*/g, ' ');
}
