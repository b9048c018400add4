import { writeFile } from 'node:fs/promises';
import { UserError } from '../../core/errors/user-error.ts';
import { firstConfig } from '../../core/first-config/first-config.ts';
import { renderFirstConfig } from '../../core/first-config/render-first-config.ts';
import { readApiDescription } from '../../node/config/read-api-description.ts';

export interface InitFlags {
  /** OpenAPI or SAM file. */
  readonly file: string;
  /** Path of the operation that creates orders, or null. */
  readonly path: string | null;
  /** File of the config. */
  readonly out: string;
}

/**
 * Writes a first config from an API description, and returns what the user has to know about it.
 * @throws UserError (exit 2) if the description says too little, or the config already exists.
 */
export async function writeFirstConfig({ file, path, out }: InitFlags): Promise<readonly string[]> {
  const document = await readApiDescription(file);
  const { config, notes } = firstConfig({ document, path });
  await writeFile(out, renderFirstConfig(config, out), { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError(
        'E_CONFIG_THERE',
        error.code === 'EEXIST'
          ? `${out} already exists; choose another file with --out, or move it away`
          : `${out} cannot be written (${error.code ?? error.message})`,
      );
    },
  );
  return notes;
}
