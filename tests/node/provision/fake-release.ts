import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tar from 'tar';
import { onTestFinished } from 'vitest';
import { type K6Asset, k6Asset } from '../../../lib/node/provision/k6-release.ts';

/** A folder that is removed when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'provision-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function writeProgram(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** A program that answers `k6 version` like a k6 of the given version. */
export function writeFakeK6(path: string, version: string): Promise<string> {
  return writeProgram(path, `echo 'k6 v${version} (go1.26.8, linux/amd64)'`);
}

/** A program that answers `go version`, and whose `go build -o FILE` writes a fake k6. */
export function writeFakeGo(path: string, version: string, k6Version = '2.2.0'): Promise<string> {
  return writeProgram(
    path,
    `if [ "$1" = version ]; then echo 'go version go${version} linux/amd64'; exit 0; fi
printf '#!/bin/sh\\necho "k6 v${k6Version} (go${version}, linux/amd64)"\\n' > "$3"`,
  );
}

export function localAsset(): K6Asset {
  const asset = k6Asset(process.platform, process.arch);
  if (asset === undefined) throw new Error('these tests need a platform that k6 publishes for');
  return asset;
}

/** A release as its archive and list of checksums, with a fake k6 of the given version in it. */
export async function makeRelease(version = '2.2.0'): Promise<Record<string, Buffer>> {
  const asset = localAsset();
  const folder = await temporaryFolder();
  await writeFakeK6(join(folder, asset.entry), version);
  await writeFile(join(folder, dirname(asset.entry), 'README.md'), 'not wanted');
  const archive = await tar.create({ gzip: true, cwd: folder }, [dirname(asset.entry)]).concat();
  return withArchive(archive);
}

/** The files of a release that has the given archive, whatever is in it. */
export function withArchive(archive: Buffer): Record<string, Buffer> {
  const asset = localAsset();
  const list = `${'0'.repeat(64)}  k6-v2.2.0-plan9-mips.tar.gz\n${sha256(archive)}  ${asset.archive}\n`;
  return { [asset.archivePath]: archive, [asset.checksumsPath]: Buffer.from(list) };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Mirror {
  readonly url: string;
  readonly requests: string[];
}

/** A server on loopback that serves files by path (404 for others) until the test ends. */
export async function startMirror(
  files: Record<string, Buffer>,
  override: (path: string) => RequestListener | undefined = () => undefined,
): Promise<Mirror> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/k6/', '');
    requests.push(path);
    const special = override(path);
    if (special !== undefined) return special(request, response);
    const file = files[path];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/k6`, requests };
}
