import { tokenOfOutput } from '../../core/auth/fresh-token.ts';
import type { Env } from '../../core/config/env.ts';
import { type ProgramEnd, runProgram } from '../process/run-program.ts';
import type { GetToken } from './token-source.ts';

const WITHIN_MS = 30_000;
const MOST_BYTES = 65_536;
/** Longest excerpt of the command's error output. */
const MOST_SAID = 200;

export interface CommandTokenOptions {
  readonly command: string;
  readonly cwd: string;
  readonly env: Env;
  readonly withinMs?: number;
}

/**
 * Gets a token from the output of a shell command. If the command fails, its standard error is reported, without the
 * values of variables that look secret.
 */
export function commandToken(options: CommandTokenOptions): GetToken {
  const { command, cwd, env, withinMs = WITHIN_MS } = options;
  return async (signal) => {
    const end = await runProgram({
      file: command,
      isShellCommand: true,
      cwd,
      env,
      // Whatever the shell started ends with it.
      ownGroup: true,
      timeoutMs: withinMs,
      abort: signal,
      maxOutput: MOST_BYTES,
    });
    const problem = problemOf(end, withinMs, env);
    const fresh = problem ?? tokenOfOutput(end.stdout, Date.now());
    return typeof fresh === 'string' ? `the command of --bearer-command failed: ${fresh}` : fresh;
  };
}

function problemOf(
  { cutShort, error, exitCode, signal, stderr }: ProgramEnd,
  withinMs: number,
  env: CommandTokenOptions['env'],
): string | null {
  if (cutShort === 'timeout') return `nothing within ${withinMs / 1000} s`;
  if (cutShort === 'abort') return 'the run is over';
  if (cutShort === 'output') return 'it printed more than a token';
  if (error !== null) return error.message;
  if (exitCode === 0) return null;
  const how = signal === null ? `exit code ${exitCode}` : `ended by ${signal}`;
  const lastError = lastLine(stderr, env);
  return lastError === '' ? how : `${how}, ${lastError}`;
}

const SECRET_NAME = /secret|token|passw|key|credential|auth/i;
/** Shorter values are part of ordinary words. */
const LEAST_SECRET = 4;
/** Long sequences of these characters are tokens, keys and signatures. */
const LOOKS_SECRET = /[A-Za-z0-9_\-+/=.]{32,}/g;

function lastLine(said: string, env: CommandTokenOptions['env']): string {
  const line = said.trim().split('\n').at(-1) ?? '';
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined && value.length >= LEAST_SECRET ? value : [],
  );
  return secrets
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), line)
    .replace(LOOKS_SECRET, '***')
    .replace(/[^\x20-\x7e\u00a0-\uffff]/g, '')
    .trim()
    .slice(0, MOST_SAID);
}
