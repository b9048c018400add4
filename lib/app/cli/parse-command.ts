import type { Command } from 'commander';
import { UserError } from '../../core/errors/user-error.ts';

/**
 * Has `command` read a command line and returns it. Help is printed by commander, which then throws
 * with the exit code 0.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseCommand(command: Command, argv: readonly string[]): Command {
  command.configureOutput({ outputError: () => undefined }).exitOverride();
  try {
    return command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error) || error.exitCode === 0) throw error;
    const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    throw new UserError('E_USAGE', `${message} (see --help)`);
  }
}
