import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { ensureHome } from './ensure-home.ts';
import { npmBannerNote } from './note-npm-banner.ts';
import type { OutputStream } from './output-stream.ts';

/** `EX_SOFTWARE` of sysexits(3): the program is at fault, neither its user nor the environment. */
const INTERNAL_ERROR_EXIT_CODE = 70;

/**
 * Runs a script's `main` and sets the exit code of the process `self`: the number that `main` resolves to; for a
 * UserError its own code, after one line `error [CODE]: message` on stderr; for any other error 70, after its stack.
 * Output is flushed: the process ends on its own, never by `process.exit()`. When the reader of stdout or stderr leaves
 * early (`… | head`, a closed terminal), the rest of the output is dropped silently, and `main` still finishes with its
 * own exit code. Commander prints what it throws under `exitOverride()`: `--help` exits 0, a wrong option 2.
 */
export function runMain(self: NodeJS.Process, main: () => Promise<number>): void {
  void settleMain(self, main);
}

/** Does what `runMain` does, and resolves once the exit code is set. */
export function settleMain(self: NodeJS.Process, main: () => Promise<number>): Promise<void> {
  const { argv, env, stdout, stderr } = self;
  // A `main` that never settles lets the process run dry, which would otherwise look like success.
  self.exitCode = INTERNAL_ERROR_EXIT_CODE;
  ensureHome(env);
  const note = npmBannerNote({ argv, env, isTerminal: stdout.isTTY === true });
  if (note !== null) stderr.write(`${note}\n`);
  for (const stream of [stdout, stderr]) stream.on('error', ignoreGoneReader);
  return main().then(
    (exitCode) => {
      self.exitCode = exitCode;
    },
    (error: unknown) => {
      self.exitCode = reportFailure(error, stderr);
    },
  );
}

/** Writing to a pipe without a reader fails with EPIPE, to a closed terminal with EIO. */
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

/** Prints a command's error on stderr, unless commander has printed it already, and returns its exit code. */
export function reportFailure(error: unknown, stderr: Pick<OutputStream, 'write'>): number {
  if (error instanceof UserError) {
    stderr.write(`error [${error.code}]: ${error.message}\n`);
    return error.exitCode;
  }
  if (isCommanderError(error)) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    `${shown}\nThis is a bug in serverless-order-load: please report it with the lines above.\n`,
  );
  return INTERNAL_ERROR_EXIT_CODE;
}

function isCommanderError(error: unknown): error is Error & { exitCode: number } {
  if (!(error instanceof Error) || !('code' in error) || !('exitCode' in error)) return false;
  return typeof error.code === 'string' && error.code.startsWith('commander.');
}
