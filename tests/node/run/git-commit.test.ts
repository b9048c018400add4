import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGitCommit } from '../../../lib/node/run/git-commit.ts';

const SHA = 'd83bd75442467e59dff8803b8723340b3b0ed923';

it('asks git first, and takes the commit that CI names where git does not say', async () => {
  const known = await readGitCommit(import.meta.dirname, { GITHUB_SHA: SHA });
  expect(known).toMatch(/^[0-9a-f]{40}/);
  expect(known).not.toBe(SHA);
  const folder = await mkdtemp(join(tmpdir(), 'order-load-no-git-'));
  try {
    expect(await readGitCommit(folder, { GITHUB_SHA: SHA })).toBe(SHA);
    expect(await readGitCommit(folder, { GITHUB_SHA: SHA, GITHUB_WORKSPACE: '/api' })).toBeNull();
    expect(await readGitCommit(folder, {})).toBeNull();
  } finally {
    await rm(folder, { recursive: true });
  }
});
