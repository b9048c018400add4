import { access, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadConfig } from '../../core/config/run-config.ts';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { UserError } from '../../core/errors/user-error.ts';

/** Names that are looked for in the working directory. */
const CONFIG_FILE_NAMES = ['load.config.ts', 'load.config.json'];

export interface ConfigFile {
  /** Name for messages, as the user gave it. */
  readonly path: string;
  readonly config: LoadConfig;
}

/**
 * Reads the config file at `path`, or the one in `cwd`; null if no `path` is given and there is none. A TypeScript
 * file is loaded by tsx, and exports its configuration by default.
 */
export async function readConfigFile(cwd: string, path: string | null): Promise<ConfigFile | null> {
  const name = path ?? (await findConfigFile(cwd));
  if (name === null) return null;
  const file = resolve(cwd, name);
  if (path !== null && !(await exists(file))) {
    throw new UserError(
      'E_CONFIG_FILE',
      `${path}: no such file; name an existing file with --config`,
    );
  }
  const shown = path ?? basename(file);
  const content = /\.json$/i.test(file)
    ? await readJson(file, shown)
    : await importConfig(file, shown);
  // Loaded only if there is a file: zod would be half of all modules that a run loads.
  const { parseConfigFile } = await import('../../core/config/config-file-schema.ts');
  return { path: shown, config: parseConfigFile(content, shown) };
}

async function findConfigFile(cwd: string): Promise<string | null> {
  const found: string[] = [];
  for (const name of CONFIG_FILE_NAMES) {
    if (await exists(resolve(cwd, name))) found.push(name);
  }
  if (found.length > 1) {
    throw new UserError(
      'E_CONFIG_FILE',
      `${found.join(' and ')} both exist; remove one or choose with --config`,
    );
  }
  return found[0] ?? null;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function readJson(file: string, shown: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw broken(shown, error);
  }
}

async function importConfig(file: string, shown: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    // Loaded only where there is such a file: tsx starts a thread of its own.
    const { tsImport } = await import('tsx/esm/api');
    module = unwrapped((await tsImport(pathToFileURL(file).href, import.meta.url)) as object);
  } catch (error) {
    throw broken(shown, error);
  }
  if (module.default === undefined) {
    throw new UserError(
      'E_CONFIG_FILE',
      `${shown}: has no default export; write \`export default { … } satisfies LoadConfig\``,
    );
  }
  return module.default;
}

/** A folder without `"type": "module"` makes a CommonJS module of the file, whose exports are the default of another. */
function unwrapped(module: { default?: unknown }): { default?: unknown } {
  const { default: inner } = module;
  const isCommonJs = typeof inner === 'object' && inner !== null && '__esModule' in inner;
  return isCommonJs ? (inner as { default?: unknown }) : module;
}

function broken(shown: string, error: unknown): UserError {
  const reason = reasonOf(error);
  const lines = reason.split('\n').filter((line) => line.trim() !== '');
  // esbuild, which tsx uses, names place and problem on a later line.
  const detail = lines.find((line) => line.includes('ERROR:')) ?? lines[0] ?? 'unknown reason';
  return new UserError('E_CONFIG_FILE', `${shown}: cannot be read: ${detail.trim()}`);
}
