import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT, readTemplate, type Value } from './read-template.ts';
import { resourcesOf } from './template-problems.ts';

/** An entry point of a function of the template. */
export interface FunctionEntry {
  /** Of the function in the template. */
  readonly name: string;
  readonly entry: string;
  /** The template's build properties. */
  readonly options: Value;
}

export function functionEntries(): readonly FunctionEntry[] {
  return resourcesOf(readTemplate(), 'AWS::Serverless::Function').flatMap(([name, fn]) => {
    const { EntryPoints, ...options } = fn.Metadata?.BuildProperties ?? {};
    return (EntryPoints as string[]).map((entry) => ({ name, entry, options }));
  });
}

/** Bundles as `sam build` does, which passes the template's build properties to esbuild; the path of the bundle. */
export async function bundleFunction(
  { name, entry, options }: FunctionEntry,
  folder: string,
): Promise<string> {
  const outdir = join(folder, name);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    outdir,
    minify: options.Minify,
    format: options.Format,
    target: options.Target,
    mainFields: options.MainFields.split(','),
    write: true,
    logLevel: 'error',
  });
  return join(outdir, basename(entry).replace(/[.]ts$/, '.js'));
}
