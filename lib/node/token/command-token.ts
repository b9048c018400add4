import { spawn } from 'node:child_process';
import { tokenOfOutput } from '../../core/auth/fresh-token.ts';
import type { Env } from '../../core/config/env.ts';
import type { GetToken } from './token-source.ts';

const WITHIN_MS = 30_000;
const MOST_BYTES = 65_536;
/** Of what the command said when it failed. */
const MOST_SAID = 200;

export interface CommandTokenOptions {
  readonly command: string;
  readonly cwd: string;
  readonly env: Env;
  readonly withinMs?: number;
}

/**
 * Gets a token from what a shell command prints. What the command says on its standard error is told where it
 * fails, without values that the environment calls secret.
 */
export function commandToken(options: CommandTokenOptions): GetToken {
  const { command, cwd, env, withinMs = WITHIN_MS } = options;
  return (signal) =>
    new Promise((resolve) => {
      // A group of its own: what the shell has started ends with it.
      const child = spawn(command, {
        cwd,
        env: { ...env },
        shell: true,
        windowsHide: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
      });
      let output = '';
      let said = '';
      let problem: string | null = null;
      const end = (why: string): void => {
        problem ??= why;
        killGroup(child.pid);
      };
      const deadline = setTimeout(() => end(`nothing within ${withinMs / 1000} s`), withinMs);
      const abort = (): void => end('the run is over');
      signal.addEventListener('abort', abort, { once: true });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.length > MOST_BYTES) end('it printed more than a token');
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-MOST_BYTES);
      });
      child.once('error', (error) => end(error.message));
      child.once('close', (code, killedBy) => {
        clearTimeout(deadline);
        signal.removeEventListener('abort', abort);
        if (problem === null && code !== 0) problem = endOf(code, killedBy, lastLine(said, env));
        const fresh = problem ?? tokenOfOutput(output, Date.now());
        resolve(
          typeof fresh === 'string' ? `the command of --bearer-command failed: ${fresh}` : fresh,
        );
      });
    });
}

function endOf(code: number | null, killedBy: string | null, said: string): string {
  const how = killedBy === null ? `exit code ${code}` : `ended by ${killedBy}`;
  return said === '' ? how : `${how}, ${said}`;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const SECRET_NAME = /secret|token|passw|key|credential|auth/i;
/** Shorter values are in many a word. */
const LEAST_SECRET = 4;
/** Long runs of these are tokens, keys and signatures. */
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
