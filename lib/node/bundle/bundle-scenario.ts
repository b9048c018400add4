import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildFailure, build } from 'esbuild';
import { EXIT, UserError } from '../../core/config/user-error.ts';

export interface BundleOptions {
  /** Scenario files; each becomes `<outDir>/<its base name>.js`. */
  readonly entries: readonly string[];
  readonly outDir: string;
  /** Folder that `order-load/…` stands for in a user's own scenario file: this suite's `lib`. */
  readonly libDir: string;
  /**
   * For a run of the wrapper, which always hands over the plan: what only plain k6 needs is left out,
   * because k6 evaluates the bundle again for every VU.
   */
  readonly wrapped?: boolean;
}

/**
 * Bundles scenarios for k6 and returns the paths of the bundles in the order of `entries`. The neutral
 * platform makes any Node built-in fail here instead of inside k6. Source maps are linked: k6 then
 * names the `.ts` line of an exception, also from an archive.
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
      // k6 evaluates a bundle anew for each VU; the source map still names the lines.
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

/** Where the bundle of a scenario file goes. */
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
