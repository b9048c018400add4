import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import {
  type ProvisionedK6,
  type ProvisionK6Options,
  provisionK6,
} from '../../../lib/node/provision/provision-k6.ts';
import {
  localAsset,
  makeRelease,
  sha256,
  startMirror,
  temporaryFolder,
  withArchive,
  writeFakeGo,
  writeFakeK6,
} from './fake-release.ts';

const SHORT_PATIENCE = { connectMs: 300, stallMs: 300 };

/** Provisions in a machine of its own: an empty cache, and a PATH with only `bin` on it. */
async function makeMachine() {
  const folder = await temporaryFolder();
  const bin = join(folder, 'bin');
  const cacheDir = join(folder, 'cache');
  await mkdir(bin);
  const lines: string[] = [];
  const provision = (
    env: Record<string, string> = {},
    options: Partial<ProvisionK6Options> = {},
  ): Promise<ProvisionedK6> =>
    provisionK6({
      env: { PATH: bin, K6_MIRROR: 'http://127.0.0.1:2/k6', ...env },
      cacheDir,
      say: (line) => lines.push(line),
      patience: SHORT_PATIENCE,
      ...options,
    });
  const failure = async (
    env: Record<string, string> = {},
    options: Partial<ProvisionK6Options> = {},
  ): Promise<UserError> => {
    const error = await provision(env, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  };
  return { folder, bin, cacheDir, lines, provision, failure };
}

async function versionOf(path: string): Promise<string> {
  return (await promisify(execFile)(path, ['version'])).stdout.trim();
}

describe('K6_BIN', () => {
  it('wins over everything else', async () => {
    const { folder, bin, lines, provision } = await makeMachine();
    const path = await writeFakeK6(join(folder, 'mine', 'k6'), '2.2.3');
    await writeFakeK6(join(bin, 'k6'), '2.2.0');
    expect(await provision({ K6_BIN: path })).toEqual({ path, version: '2.2.3', source: 'K6_BIN' });
    expect(lines).toEqual([`k6 2.2.3 from K6_BIN: ${path}`]);
  });

  it.each(['2.3.0', '2.1.9', '1.2.0', '2.2.0-rc.1'])('is refused when it is k6 %s', async (v) => {
    const { folder, bin, failure } = await makeMachine();
    const path = await writeFakeK6(join(folder, 'mine', 'k6'), v);
    await writeFakeK6(join(bin, 'k6'), '2.2.0');
    const error = await failure({ K6_BIN: path });
    expect(error).toMatchObject({ code: 'E_K6_BIN', exitCode: 4 });
    expect(error.message).toContain(`K6_BIN=${path} is k6 ${v}, not 2.2.x`);
  });

  it('is refused when it is missing, not executable, or no k6', async () => {
    const { folder, failure } = await makeMachine();
    const missing = join(folder, 'missing');
    expect((await failure({ K6_BIN: missing })).message).toContain(
      `K6_BIN=${missing} does not exist`,
    );
    const text = join(folder, 'text');
    await writeFile(text, 'k6 v2.2.0');
    expect((await failure({ K6_BIN: text })).message).toContain('is not executable');
    expect((await failure({ K6_BIN: folder })).message).toContain('is not a file');
    expect((await failure({ K6_BIN: '/bin/true' })).message).toContain('did not name a version');
    expect((await failure({ K6_BIN: '/bin/false' })).message).toContain('"k6 version" failed');
  });
});

describe('PATH', () => {
  it('gives a k6 of another patch release', async () => {
    const { bin, provision } = await makeMachine();
    const path = await writeFakeK6(join(bin, 'k6'), '2.2.9');
    expect(await provision()).toEqual({ path, version: '2.2.9', source: 'PATH' });
  });

  it('has a k6 of another version skipped, which is said', async () => {
    const { folder, bin, lines, provision } = await makeMachine();
    const old = await writeFakeK6(join(bin, 'k6'), '0.57.0');
    const path = await writeFakeK6(join(folder, 'later', 'k6'), '2.2.0');
    const k6 = await provision({ PATH: `${bin}:${join(folder, 'later')}` });
    expect(k6).toEqual({ path, version: '2.2.0', source: 'PATH' });
    expect(lines[0]).toBe(`k6 on PATH skipped: ${old} is 0.57.0, not 2.2.x`);
  });
});

describe('download', () => {
  it('fetches, verifies and caches the release, and the next run needs neither', async () => {
    const { cacheDir, lines, provision } = await makeMachine();
    const mirror = await startMirror(await makeRelease());
    const first = await provision({ K6_MIRROR: `${mirror.url}/` });
    expect(first).toMatchObject({ version: '2.2.0', source: 'download' });
    expect(await versionOf(first.path)).toContain('k6 v2.2.0');
    expect(lines[0]).toBe(`downloading k6 2.2.0 from ${mirror.url}/${localAsset().archivePath}`);

    const second = await provision({ K6_MIRROR: mirror.url });
    expect(second).toEqual({ ...first, source: 'cache' });
    expect(mirror.requests).toHaveLength(2);
    expect((await readdir(join(cacheDir, 'k6'))).filter((n) => n.startsWith('work-'))).toEqual([]);
  });

  const release = async () => makeRelease();
  const archiveOf = (files: Record<string, Buffer>) =>
    files[localAsset().archivePath] ?? Buffer.alloc(0);

  it('never uses a file with a wrong checksum, and builds instead', async () => {
    const { bin, lines, provision } = await makeMachine();
    await writeFakeGo(join(bin, 'go'), '1.25.3');
    const files = await release();
    const listed = withArchive(Buffer.from('another file'));
    const asset = localAsset();
    const mirror = await startMirror({ ...listed, [asset.archivePath]: archiveOf(files) });
    expect(await provision({ K6_MIRROR: mirror.url })).toMatchObject({ source: 'build' });
    expect(lines.join('\n')).toContain(`WRONG CHECKSUM of ${asset.archive}`);
    expect(mirror.requests.filter((path) => path === asset.archivePath)).toHaveLength(1);
  });

  it('prefers K6_SHA256 to the list', async () => {
    const files = await release();
    const mirror = await startMirror(files);
    const good = await makeMachine();
    const sum = sha256(archiveOf(files)).toUpperCase();
    expect(await good.provision({ K6_MIRROR: mirror.url, K6_SHA256: sum })).toMatchObject({
      source: 'download',
    });
    const bad = await makeMachine();
    const error = await bad.failure({ K6_MIRROR: mirror.url, K6_SHA256: 'a'.repeat(64) });
    expect(error.message).toContain('K6_SHA256 has aaaa');
    const nonsense = await bad.failure({ K6_MIRROR: mirror.url, K6_SHA256: 'abc' });
    expect(nonsense).toMatchObject({ code: 'E_K6_SHA256', exitCode: 2 });
  });

  it('fails on an archive without k6, or with a k6 of another version', async () => {
    const other = await startMirror(await makeRelease('2.3.0'));
    const machine = await makeMachine();
    const wrong = await machine.failure({ K6_MIRROR: other.url });
    expect(wrong.message).toContain('the binary is k6 2.3.0, not 2.2.0');
    const junk = await startMirror(withArchive(Buffer.from('this is no archive')));
    expect((await machine.failure({ K6_MIRROR: junk.url })).message).toMatch(/download \(.+\)/);
    expect(await readdir(join(machine.cacheDir, 'k6'))).toEqual([]);
  });

  it.each([
    ['404', 'HTTP 404', (res: import('node:http').ServerResponse) => res.writeHead(404).end()],
    [
      'a hanging body',
      'no data for 0.3 s',
      (res: import('node:http').ServerResponse) => {
        res.writeHead(200, { 'content-length': '1000' }).write('abc');
      },
    ],
    ['no answer', 'no data for 0.3 s', () => undefined],
    [
      'a truncated body',
      'other side closed',
      (res: import('node:http').ServerResponse) => {
        res.writeHead(200, { 'content-length': '1000' });
        res.write('abc', () => res.destroy());
      },
    ],
  ] as const)('goes on to build on %s of the archive', async (_what, reason, answer) => {
    const { bin, lines, provision } = await makeMachine();
    await writeFakeGo(join(bin, 'go'), '1.26.8');
    const mirror = await startMirror(await release(), (path) =>
      path === localAsset().archivePath ? (_req, res) => void answer(res) : undefined,
    );
    expect(await provision({ K6_MIRROR: mirror.url })).toMatchObject({ source: 'build' });
    expect(lines.find((line) => line.startsWith('download of k6 failed'))).toContain(reason);
  });

  it('fails over from a truncated file that a chunked answer does not show', async () => {
    const { bin, lines, provision } = await makeMachine();
    await writeFakeGo(join(bin, 'go'), '1.26.8');
    const files = await release();
    const half = archiveOf(files).subarray(0, 100);
    const mirror = await startMirror({ ...files, [localAsset().archivePath]: half });
    expect(await provision({ K6_MIRROR: mirror.url })).toMatchObject({ source: 'build' });
    expect(lines.join('\n')).toContain('WRONG CHECKSUM');
  });

  it('fails over from names that do not resolve and from proxies that do not answer', async () => {
    const { failure } = await makeMachine();
    const dns = await failure({ K6_MIRROR: 'https://k6.invalid' });
    expect(dns.message).toMatch(/download \(.*(ENOTFOUND|EAI_AGAIN|no data)/);
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const proxied = await failure({
      K6_MIRROR: 'https://k6.invalid',
      https_proxy: `http://127.0.0.1:${port}`,
    });
    expect(proxied.message).toMatch(/download \(no data for 0.3 s\)/);
  });

  it('refuses a list of checksums over plain HTTP, and hides credentials', async () => {
    const { lines, failure } = await makeMachine();
    const error = await failure({ K6_MIRROR: 'http://user:canary@k6.invalid/k6' });
    expect(error.message).toContain('plain HTTP');
    expect(lines.join() + error.message).not.toContain('canary');
    const nonsense = await failure({ K6_MIRROR: 'ftp://user:canary@x' });
    expect(nonsense).toMatchObject({ code: 'E_K6_MIRROR', exitCode: 2 });
    expect(nonsense.message).not.toContain('canary');
  });

  it("sends the credentials of the mirror's URL", async () => {
    const { provision } = await makeMachine();
    const seen: unknown[] = [];
    const files = await release();
    const mirror = await startMirror(files, (path) => (req, res) => {
      seen.push(req.headers.authorization);
      res.end(files[path]);
    });
    await provision({ K6_MIRROR: mirror.url.replace('//', '//user:canary@') });
    const basic = `Basic ${Buffer.from('user:canary').toString('base64')}`;
    expect(seen).toEqual([basic, basic]);
  });
});

describe('when nothing works', () => {
  it('lists all that was tried and how to mend it, in one line', async () => {
    const { bin, cacheDir, failure } = await makeMachine();
    const old = await writeFakeK6(join(bin, 'k6'), '1.0.0');
    await writeFakeGo(join(bin, 'go'), '1.24.1');
    const error = await failure();
    expect(error).toMatchObject({ code: 'E_K6_UNAVAILABLE', exitCode: 4 });
    expect(error.message).toContain('K6_BIN (not set)');
    expect(error.message).toContain(`PATH (${old} is 1.0.0, not 2.2.x)`);
    expect(error.message).toContain(`cache (${join(cacheDir, 'k6')}`);
    expect(error.message).toMatch(/download \(.*ECONNREFUSED.*\)/);
    expect(error.message).toContain(`go build (${join(bin, 'go')} is Go 1.24.1; Go 1.25 or newer`);
    expect(error.message).toMatch(/K6_MIRROR.*go\.dev.*ORDER_LOAD_CACHE_DIR/);
    expect(error.message).not.toContain('\n');
  });

  it('says so when the cache folder cannot be written', async () => {
    const { folder, failure } = await makeMachine();
    const file = join(folder, 'file');
    await writeFile(file, '');
    const error = await failure({}, { cacheDir: file });
    expect(error.message).toMatch(/download \(.*(ENOTDIR|EEXIST).*\)/);
  });
});

describe('go build', () => {
  it('refuses a build that is not the pinned version', async () => {
    const { bin, failure } = await makeMachine();
    await writeFakeGo(join(bin, 'go'), '1.26.8', '2.1.0');
    expect((await failure()).message).toContain('go build (the binary is k6 2.1.0, not 2.2.0)');
  });
});

describe('two processes at once', () => {
  it('both end with the same whole binary, and leave nothing else', async () => {
    const { folder, bin, cacheDir } = await makeMachine();
    const mirror = await startMirror(await makeRelease());
    const script = join(import.meta.dirname, '../../../scripts/provision.ts');
    const env = { PATH: bin, HOME: folder, K6_MIRROR: mirror.url, ORDER_LOAD_CACHE_DIR: cacheDir };
    const tsx = import.meta.resolve('tsx');
    const start = () => promisify(execFile)(process.execPath, ['--import', tsx, script], { env });
    const ended = await Promise.all([start(), start(), start()]);
    const paths = new Set(ended.map(({ stdout }) => stdout.trim()));
    expect(paths.size).toBe(1);
    const [path = ''] = paths;
    expect(await versionOf(path)).toContain('k6 v2.2.0');
    expect(await readFile(path, 'utf8')).toMatch(/^#!\/bin\/sh\necho .*\n$/);
    const left = await readdir(join(cacheDir, 'k6'), { recursive: true });
    expect(left.sort()).toEqual([
      `v2.2.0-${process.platform}-${process.arch}`,
      `v2.2.0-${process.platform}-${process.arch}/k6`,
    ]);
  });
});
