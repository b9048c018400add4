import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findGo, K6_MODULE_FOLDER } from '../../lib/node/provision/build-k6.ts';
import { provisionK6 } from '../../lib/node/provision/provision-k6.ts';

it('builds the pinned k6 from go.mod, whatever Go flags the user has', async (test) => {
  test.skip(process.env['ORDER_LOAD_SLOW_TESTS'] !== '1', 'slow: set ORDER_LOAD_SLOW_TESTS=1');
  const go = await findGo(process.env, { cwd: K6_MODULE_FOLDER });
  test.skip('problem' in go, 'problem' in go ? go.problem : '');

  const cacheDir = mkdtempSync(join(tmpdir(), 'provision-build-'));
  try {
    const lines: string[] = [];
    const { K6_BIN: _own, ...inherited } = process.env;
    const env = {
      ...inherited,
      PATH: 'path' in go ? join(go.path, '..') : '',
      K6_MIRROR: 'http://127.0.0.1:2',
      GOFLAGS: '-mod=mod -race',
      GOOS: 'plan9',
    };
    const k6 = await provisionK6({ env, cacheDir, say: (line) => lines.push(line) });
    expect(k6).toMatchObject({ version: '2.2.0', source: 'build' });
    expect(execFileSync(k6.path, ['version'], { encoding: 'utf8' })).toMatch(/^k6 v2\.2\.0 /);
    expect(lines.some((line) => line.startsWith('building k6 2.2.0 with Go'))).toBe(true);
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
}, 600_000);
