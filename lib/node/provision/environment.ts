import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Env } from '../../core/config/env.ts';

/** The value of a variable; an empty value counts as not set. */
export function variable(env: Env, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The suite's cache folder: `ORDER_LOAD_CACHE_DIR`, or `serverless-order-load` in the platform's cache folder
 * (`XDG_CACHE_HOME` or `~/.cache`; `LOCALAPPDATA` on Windows).
 */
export function defaultCacheDir(env: Env, platform: NodeJS.Platform = process.platform): string {
  const chosen = variable(env, 'ORDER_LOAD_CACHE_DIR');
  if (chosen !== undefined) return chosen;
  return join(platformCacheDir(env, platform), 'serverless-order-load');
}

function platformCacheDir(env: Env, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return variable(env, 'LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local');
  }
  const xdg = variable(env, 'XDG_CACHE_HOME');
  // According to the XDG base directory specification relative paths are ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  return join(variable(env, 'HOME') ?? homedir(), '.cache');
}

/**
 * The paths at which a command may be, in the order of PATH. Relative entries are left out: with them the current
 * folder would decide which program runs.
 */
export function candidatesOnPath(
  env: Env,
  command: string,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const file = platform === 'win32' ? `${command}.exe` : command;
  const pathName = Object.keys(env).find((name) =>
    platform === 'win32' ? name.toUpperCase() === 'PATH' : name === 'PATH',
  );
  const folders = (pathName === undefined ? '' : (env[pathName] ?? ''))
    .split(delimiter)
    .filter((folder) => isAbsolute(folder));
  return [...new Set(folders)].map((folder) => join(folder, file));
}
