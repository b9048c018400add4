import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { flagName } from '../../../order-api/config/options/option-spec.ts';
import { START_OPTIONS } from '../../../order-api/config/options/start-options.ts';
import { UserError } from '../../core/errors/user-error.ts';

const FOLDER = resolve(import.meta.dirname, '../../../order-api/deployments');
/** Flags that say how the order API is started, not what is deployed. */
const NOT_DEPLOYED = ['--help', ...Object.values(START_OPTIONS).map(flagName)];

const deploymentFile = z.strictObject({
  description: z.string(),
  options: z.record(
    z.string().regex(/^[a-z][a-z-]*$/),
    z.union([z.string(), z.number(), z.boolean()]),
  ),
});

/**
 * Reads a deployment as flags: a file of order-api/deployments by its name, or any file by a path with a slash or
 * `.json`. Throws UserError if it cannot be read or has the wrong shape; the values are not checked here.
 */
export function readDeployment(nameOrFile: string): readonly string[] {
  const { options } = parseDeployment(nameOrFile, readText(nameOrFile));
  return Object.entries(options).flatMap(([name, value]) => {
    if (NOT_DEPLOYED.includes(`--${name}`)) {
      throw problem(nameOrFile, `"${name}" is not an option of a deployment: pass it as a flag`);
    }
    if (typeof value === 'boolean') return value ? [`--${name}`] : [];
    return [`--${name}=${value}`];
  });
}

function readText(nameOrFile: string): string {
  const isFile = /[/\\]|[.]json$/.test(nameOrFile);
  const file = isFile ? nameOrFile : join(FOLDER, `${nameOrFile}.json`);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isFile) throw problem(nameOrFile, `it cannot be read (${(error as Error).message})`);
    throw problem(
      nameOrFile,
      `there is no deployment of that name; choose ${deploymentNames().join(', ')}`,
    );
  }
}

function deploymentNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'));
}

function parseDeployment(nameOrFile: string, text: string): z.infer<typeof deploymentFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem(nameOrFile, `it is not JSON (${(error as Error).message})`);
  }
  const parsed = deploymentFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the file';
  throw problem(
    nameOrFile,
    `${where}: ${issue?.message}. It needs a "description" and "options" such as {"memory": 512}`,
  );
}

function problem(nameOrFile: string, reason: string): UserError {
  return new UserError(
    'E_DEPLOYMENT',
    `--deployment ${nameOrFile}: ${reason}`.replace(/\s+/g, ' '),
  );
}
