import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { glob } from 'zx';
import { ERROR_CODES } from '../../../lib/core/errors/error-codes.ts';
import { renderErrorCodes } from '../../../lib/core/errors/render-error-codes.ts';
import { EXIT, UserError } from '../../../lib/core/errors/user-error.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The codes that sources name in quotes, but for the table itself. */
async function namedCodes(): Promise<ReadonlySet<string>> {
  const files = await glob(['lib/**/*.ts', 'scripts/*.ts', 'order-api/**/*.ts'], {
    cwd: ROOT,
    ignore: ['lib/core/errors/error-codes.ts', 'order-api/config/order-api-error.ts'],
  });
  const sources = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
  return new Set(sources.flatMap((source) => source.match(/(?<=')E_[A-Z0-9_]+(?=')/g) ?? []));
}

it('has no code that nothing throws', async () => {
  const named = await namedCodes();
  expect(Object.keys(ERROR_CODES).filter((code) => !named.has(code))).toEqual([]);
});

it('is sorted, so that a reader finds a code', () => {
  expect(Object.keys(ERROR_CODES)).toEqual(Object.keys(ERROR_CODES).toSorted());
});

it.each(Object.entries(ERROR_CODES))('%s has a sentence and a remedy, on the page', (code, row) => {
  expect(row.meaning).toMatch(/^[^|\n]+\.$/);
  expect(row.remedy).toMatch(/^[^|\n]+\.$/);
  expect(renderErrorCodes()).toContain(`| \`${code}\` | ${row.exitCode} | ${row.meaning} |`);
});

it('lets the compiler refuse codes that are not in it, and other exit codes', () => {
  // @ts-expect-error there is no such code
  expect(new UserError('E_NO_SUCH_CODE', '').exitCode).toBe(2);
  // @ts-expect-error an unreachable target is no usage error
  expect(new UserError('E_TARGET_UNREACHABLE', '').exitCode).toBe(2);
  // @ts-expect-error a usage error has one exit code
  expect(new UserError('E_USAGE', '', EXIT.environment).exitCode).toBe(4);
});
