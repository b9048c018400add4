import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const LOCK_FILE = resolve(import.meta.dirname, '../../package-lock.json');

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

/** Without an entry for each platform's binary, `npm ci` refuses the lock file on every platform. */
it('locks the optional packages of every platform, also those of no use on this one', () => {
  const { packages } = JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as LockFile;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
