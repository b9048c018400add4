import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StopSignals } from '../../../lib/app/cli/stop-signals.ts';
import { loadCommand } from '../../../lib/app/run/load-command.ts';
import { writeProgram } from '../../node/provision/fake-release.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'order-load-command-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const NEVER_STOPPED: StopSignals = {
  first: () => null,
  onStop: () => () => undefined,
  orStop: (promise) => promise,
  exitCode: () => 130,
  release: () => undefined,
};
const STOPPED: StopSignals = {
  ...NEVER_STOPPED,
  first: () => 'SIGINT',
  orStop: () => Promise.resolve(null),
};

/** What `npm run load -- …` says and comes to, in this process. */
async function load(
  argv: readonly string[],
  env: Record<string, string> = {},
  stop = NEVER_STOPPED,
) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
  });
  const deps = { root: ROOT, cwd, env, stdout: stream('stdout'), stderr: stream('stderr'), stop };
  return { ...(await loadCommand(argv, deps)), ...said };
}

describe('what goes wrong is told, and nothing is thrown', () => {
  it('by the usage', async () => {
    expect(await load(['stedy'])).toEqual({
      exitCode: 2,
      report: null,
      stdout: '',
      stderr: expect.stringMatching(/^error \[E_USAGE\]: there is no scenario "stedy".*\n$/),
    });
  });

  it('by the environment, and what was begun is undone', async () => {
    const k6 = await writeProgram(join(cwd, 'k6'), 'exit 1');
    const out = join(cwd, 'run');
    const { exitCode, report, stderr } = await load(
      ['steady', '--target', 'http://127.0.0.1:9', '--out', out],
      { K6_BIN: k6, PATH: process.env['PATH'] ?? '', ORDER_LOAD_CACHE_DIR: cwd },
    );
    expect({ exitCode, report }).toEqual({ exitCode: 4, report: null });
    expect(stderr).toMatch(/^error \[E_[A-Z0-9_]+\]: /m);
    expect(await readdir(out)).toEqual([]);
  });
});

it('ends without a report when it is stopped before the load', async () => {
  expect(await load(['steady'], {}, STOPPED)).toMatchObject({ exitCode: 130, report: null });
});
