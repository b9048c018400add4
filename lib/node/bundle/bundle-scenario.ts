import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildFailure, build } from 'esbuild';
import { EXIT, UserError } from '../../core/errors/user-error.ts';

export interface BundleOptions {
  /** Scenario files; each becomes `<outDir>/<its base name>.js`. */
  readonly entries: readonly string[];
  readonly outDir: string;
  /** Folder behind imports of `order-load/…` in a user's own scenario file: this suite's `lib`. */
  readonly libDir: string;
  /**
   * Whether the wrapper runs the bundle, and always passes the plan. Code that only plain k6 needs is then left out,
   * because k6 evaluates the bundle for every VU.
   */
  readonly wrapped?: boolean;
}

/**
 * Bundles scenarios for k6 and returns the paths of the bundles in the order of `entries`. On the neutral platform a
 * Node built-in fails here and not inside k6. Source maps are linked, so k6 names the `.ts` line of an exception,
 * also in an archive.
 *
 * @throws UserError E_BUNDLE with esbuild's first error as `file:line:column: text`.
 */
export async function bundleScenarios(options: BundleOptions): Promise<string[]> {
  await mkdir(options.outDir, { recursive: true });
  try {
    await build({
      entryPoints: [...options.entries],
      outdir: options.outDir,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      mainFields: ['module', 'main'],
      external: ['k6', 'k6/*'],
      alias: { 'order-load': options.libDir },
      ...(options.wrapped ? { define: { 'globalThis.ORDER_LOAD_WRAPPED': 'true' } } : {}),
      // k6 evaluates the bundle for each VU, so size matters; the source map still names the lines.
      minifyWhitespace: true,
      sourcemap: 'linked',
      sourcesContent: true,
      logLevel: 'silent',
    });
  } catch (error) {
    throw bundleError(error);
  }
  return options.entries.map((entry) => bundlePath(options.outDir, entry));
}

/** Path of a scenario's bundle. */
export function bundlePath(outDir: string, entry: string): string {
  return join(outDir, `${basename(entry).replace(/\.[cm]?[jt]s$/, '')}.js`);
}

function bundleError(error: unknown): unknown {
  const first = (error as Partial<BuildFailure>).errors?.[0];
  if (first === undefined) return error;
  const at = first.location;
  const where = at === null ? '' : `${at.file}:${at.line}:${at.column}: `;
  return new UserError('E_BUNDLE', `cannot bundle the scenario: ${where}${first.text}`, EXIT.usage);
}
