import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { bodiesOf, type FileOfBodies } from '../../core/config/bodies-of.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { codeOf } from '../../core/errors/reason-of.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { parseBodyRows } from '../../core/order/parse-body-rows.ts';

/** Largest file of bodies: every event loop of k6 keeps the whole file. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The configuration with the content of its file of bodies; unchanged if it names none.
 *
 * @throws UserError E_BODIES (exit 2) for a file that cannot be read, or a line that is not a body.
 */
export async function withBodies(config: RunConfig, cwd: string): Promise<RunConfig> {
  if (config.bodiesPath === null) return config;
  const path = resolve(cwd, config.bodiesPath);
  const text = await readText(path, config.bodiesPath);
  const file: FileOfBodies = {
    name: basename(path),
    sha256: createHash('sha256').update(text).digest('hex'),
    rows: parseBodyRows(text),
  };
  return {
    ...config,
    bodiesPath: path,
    mapping: { ...config.mapping, ...bodiesOf(file, config.mapping) },
  };
}

/** The lines of a run's file of bodies; none without one. */
export async function readBodyRows({
  bodiesPath,
}: Pick<RunConfig, 'bodiesPath'>): Promise<readonly string[]> {
  return bodiesPath === null ? [] : parseBodyRows(await readText(bodiesPath, bodiesPath));
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    throw new UserError(
      'E_BODIES',
      `order.bodies: cannot read ${shown} (${code}); expected a file with one JSON body per line`,
    );
  }
  throw new UserError(
    'E_BODIES',
    `order.bodies: ${shown} is larger than 64 MiB, and every event loop of k6 would keep it in memory; use fewer lines, they are sent repeatedly`,
  );
}
