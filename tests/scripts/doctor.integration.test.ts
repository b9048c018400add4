import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DoctorFinding } from '../../lib/node/doctor/finding.ts';
import {
  makeRelease,
  startMirror,
  temporaryFolder,
  writeFakeGo,
  writeFakeK6,
} from '../node/provision/fake-release.ts';
import { runScript } from './run-script.ts';

/** The doctor on a machine with nothing but what the test puts on PATH. */
async function makeMachine() {
  const folder = await temporaryFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const cacheDir = join(folder, 'cache');
  const env = {
    PATH: bin,
    HOME: folder,
    ORDER_LOAD_CACHE_DIR: cacheDir,
    K6_MIRROR: 'http://127.0.0.1:2',
  };
  const doctor = (args: readonly string[] = [], more: Record<string, string> = {}) =>
    runScript('doctor', args, { ...env, ...more });
  const examine = async (args: readonly string[] = [], more: Record<string, string> = {}) => {
    const { exitCode, stdout } = await doctor(['--json', ...args], more);
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: DoctorFinding[] };
    return { exitCode, ok, named: (name: string) => findings.find((f) => f.name === name) };
  };
  return { folder, bin, cacheDir, doctor, examine };
}

it('ends with 0 and says which k6 a run would use', async () => {
  const { bin, doctor } = await makeMachine();
  const path = await writeFakeK6(join(bin, 'k6'), '2.2.1');
  const { exitCode, stdout } = await doctor();
  expect(stdout).toContain(`2.2.1 from PATH: ${path}`);
  expect(stdout).toMatch(/A run would work.*\n$/);
  expect(exitCode).toBe(0);
});

it('ends with 4 where there is no way to a k6, and says how to mend it', async () => {
  const { doctor } = await makeMachine();
  const { exitCode, stdout } = await doctor();
  expect(stdout).toMatch(/^missing +k6 .*ECONNREFUSED.*to fix it: install k6 2\.2\.0/m);
  expect(stdout).toMatch(/A run would not work; fix this first: k6\n$/);
  expect(exitCode).toBe(4);
});

it('sees that k6 could be downloaded, and downloads nothing', async () => {
  const { cacheDir, examine } = await makeMachine();
  const mirror = await startMirror(await makeRelease());
  const { exitCode, named } = await examine([], { K6_MIRROR: mirror.url });
  expect(named('k6')).toMatchObject({ status: 'ok', detail: expect.stringContaining('downloads') });
  expect(exitCode).toBe(0);
  expect(mirror.requests).toEqual(['v2.2.0/k6-v2.2.0-checksums.txt']);
  await expect(readdir(cacheDir)).rejects.toThrow('ENOENT');
});

it('sees that k6 could be built, unless Go is too old', async () => {
  const { bin, examine } = await makeMachine();
  await writeFakeGo(join(bin, 'go'), '1.25.0');
  const built = await examine();
  expect(built.named('k6')).toMatchObject({ status: 'warn' });
  expect(built.exitCode).toBe(0);
  await writeFakeGo(join(bin, 'go'), '1.24.9');
  const tooOld = await examine();
  expect(tooOld.named('go')).toMatchObject({ status: 'missing', isRequired: false });
  expect(tooOld).toMatchObject({ ok: false, exitCode: 4 });
});

it('fails for a K6_BIN that is no k6, and for a folder that takes no results', async () => {
  const { folder, bin, examine } = await makeMachine();
  await writeFakeK6(join(bin, 'k6'), '2.2.0');
  const wrongBin = await examine([], { K6_BIN: join(folder, 'gone') });
  expect(wrongBin.named('k6')).toMatchObject({ status: 'missing' });
  expect(wrongBin.exitCode).toBe(4);

  const file = join(folder, 'file');
  await writeFile(file, '');
  const noResults = await examine(['--out', file]);
  expect(noResults.named('results')).toMatchObject({ status: 'missing' });
  expect(noResults.exitCode).toBe(4);
});

it('names proxies without their password', async () => {
  const { bin, doctor } = await makeMachine();
  await writeFakeK6(join(bin, 'k6'), '2.2.0');
  const { stdout } = await doctor([], { https_proxy: 'http://me:canary@proxy:3128' });
  expect(stdout).toContain('https_proxy=http://***@proxy:3128');
  expect(stdout).not.toContain('canary');
});

it('explains itself, and refuses options that it does not know', async () => {
  const { doctor } = await makeMachine();
  const help = await doctor(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('--json') });
  const wrong = await doctor(['--jsn']);
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
  expect(wrong.stderr).toContain("unknown option '--jsn'");
});
