import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import webpack from 'webpack';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { type BundleOptions, bundlePath } from './bundle-scenario.ts';

export interface ReleaseOptions extends BundleOptions {
  /** tsconfig for type-checking the scenarios. */
  readonly tsconfig: string;
  /** Repository root, the `rootDir` of the sources. */
  readonly rootDir: string;
}

/**
 * Bundles scenarios with webpack and ts-loader, which is slower than esbuild and stops at every type error. The
 * bundles behave like esbuild's; a test runs one scenario from both.
 *
 * @throws UserError E_BUNDLE with the first error, in one line.
 */
export async function bundleRelease(options: ReleaseOptions): Promise<string[]> {
  const compiler = webpack(webpackConfig(options));
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  const [first] = stats?.toJson({ all: false, errors: true }).errors ?? [];
  if (first !== undefined) {
    const where = first.moduleName === undefined ? '' : `${first.moduleName}: `;
    const text = withoutStack(first.message).replace(/\s*\n\s*/g, ' ');
    throw new UserError('E_BUNDLE', `cannot build the release: ${where}${text}`, EXIT.usage);
  }
  return options.entries.map((entry) => bundlePath(options.outDir, entry));
}

function withoutStack(message: string): string {
  return message.split(/\n\s+at /, 1)[0] as string;
}

function webpackConfig(options: ReleaseOptions): webpack.Configuration {
  const names = options.entries.map((entry) => bundlePath('', entry).replace(/\.js$/, ''));
  return {
    mode: 'production',
    target: ['es2022'],
    context: options.rootDir,
    entry: Object.fromEntries(names.map((name, i) => [name, options.entries[i] as string])),
    output: {
      path: options.outDir,
      filename: '[name].js',
      module: true,
      library: { type: 'module' },
      environment: { module: true },
      devtoolModuleFilenameTemplate: '[resource-path]',
    },
    experiments: { outputModule: true },
    externalsType: 'module',
    externals: [/^k6(\/.*)?$/],
    resolve: {
      extensions: ['.ts', '.js'],
      // ts-loader rewrites the imports of `.ts` files to `.js`.
      extensionAlias: { '.js': ['.ts', '.js'] },
      alias: { 'order-load': options.libDir },
    },
    module: { rules: [{ test: /\.ts$/, use: [typeScriptLoader(options)] }] },
    // Readable names of functions and files in k6's stack traces matter more than size.
    optimization: { minimize: false },
    devtool: 'source-map',
    performance: { hints: false },
    stats: 'none',
  };
}

function typeScriptLoader(options: ReleaseOptions): webpack.RuleSetUseItem {
  return {
    loader: createRequire(import.meta.url).resolve('ts-loader'),
    options: {
      configFile: options.tsconfig,
      onlyCompileBundledFiles: true,
      // ts-loader compiles one program: no project references, no declarations (TS2878, TS6059, TS6307).
      projectReferences: false,
      compilerOptions: {
        composite: false,
        declaration: false,
        declarationMap: false,
        emitDeclarationOnly: false,
        noEmit: false,
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        rootDir: options.rootDir,
        outDir: join(dirname(options.outDir), 'dist'),
        tsBuildInfoFile: undefined,
        incremental: false,
        sourceMap: true,
      },
    },
  };
}
