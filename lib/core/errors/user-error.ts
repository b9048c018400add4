// Types only: k6's bundles contain this class, and must not carry the table.
import type { ErrorCode, ErrorCodeOf } from './error-codes.ts';

/** Exit codes of every command, as documented in the README. */
export const EXIT = {
  pass: 0,
  sloMissed: 1,
  usage: 2,
  invalid: 3,
  environment: 4,
  interrupted: 130,
  terminated: 143,
} as const;

/**
 * A failure that its reader can fix: bad input, or an environment that lacks something. Shown as
 * one line without a stack trace; any other error is a bug and keeps its stack.
 */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number;

  /** `message` tells what is wrong and what to do about it; the exit code must be that of the table. */
  constructor(code: ErrorCodeOf<typeof EXIT.usage>, message: string, exitCode?: typeof EXIT.usage);
  constructor(
    code: ErrorCodeOf<typeof EXIT.environment>,
    message: string,
    exitCode: typeof EXIT.environment,
  );
  constructor(code: ErrorCodeOf<string>, message: string, exitCode: number);
  constructor(code: ErrorCode, message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.exitCode = exitCode;
  }
}
