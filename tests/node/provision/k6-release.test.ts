import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { K6_MODULE_FOLDER } from '../../../lib/node/provision/build-k6.ts';
import {
  isCompatibleK6,
  K6_VERSION,
  k6Asset,
  parseChecksum,
  parseK6Version,
} from '../../../lib/node/provision/k6-release.ts';

describe('the pinned version', () => {
  it('is the one that scripts/k6/go.mod builds', () => {
    const goMod = readFileSync(join(K6_MODULE_FOLDER, 'go.mod'), 'utf8');
    const required = /^(?:require)?\s*go\.k6\.io\/k6\/v2 v(\S+)/m.exec(goMod)?.[1];
    expect(required).toBe(K6_VERSION);
  });
});

describe('k6Asset', () => {
  it.each([
    ['linux', 'x64', 'k6-v2.2.0-linux-amd64.tar.gz', 'k6-v2.2.0-linux-amd64/k6'],
    ['linux', 'arm64', 'k6-v2.2.0-linux-arm64.tar.gz', 'k6-v2.2.0-linux-arm64/k6'],
    ['darwin', 'arm64', 'k6-v2.2.0-macos-arm64.zip', 'k6-v2.2.0-macos-arm64/k6'],
    ['win32', 'x64', 'k6-v2.2.0-windows-amd64.zip', 'k6-v2.2.0-windows-amd64/k6.exe'],
  ] as const)('of %s on %s', (platform, arch, archive, entry) => {
    expect(k6Asset(platform, arch)).toMatchObject({
      archive,
      entry,
      archivePath: `v2.2.0/${archive}`,
      checksumsPath: 'v2.2.0/k6-v2.2.0-checksums.txt',
    });
  });

  it('is undefined where k6 publishes nothing', () => {
    expect(k6Asset('freebsd', 'x64')).toBeUndefined();
    expect(k6Asset('linux', 'ia32')).toBeUndefined();
  });
});

describe('isCompatibleK6', () => {
  it.each([
    ['2.2.0', true],
    ['2.2.14', true],
    ['2.2.1+build', true],
    ['2.2.0-rc.1', false],
    ['2.20.0', false],
    ['12.2.0', false],
    ['2.2', false],
  ])('%s: %s', (version, expected) => {
    expect(isCompatibleK6(version)).toBe(expected);
  });
});

describe('parseK6Version', () => {
  it.each([
    ['k6 v2.2.0 (go1.26.8, linux/amd64)\n', '2.2.0'],
    ['k6.exe v2.2.0 (commit/abc, go1.26.8, windows/amd64)', '2.2.0'],
    ['k6 v2.2.0-rc.1 (go1.26.8)', '2.2.0-rc.1'],
    ['warning: something\nk6 v2.2.1 (go1.26.8)\nExtensions:\n  x v9.9.9', '2.2.1'],
    ['GNU coreutils 9.1.0', undefined],
    ['', undefined],
  ])('of %j', (output, expected) => {
    expect(parseK6Version(output)).toBe(expected);
  });
});

describe('parseChecksum', () => {
  const sum = '0123456789ABCDEF'.repeat(4);
  it('finds the line of exactly that file, in text and in binary mode', () => {
    const list = `${'0'.repeat(64)}  a.tar.gz.sig\r\n${sum}  a.tar.gz\r\n${sum} *b.zip\n`;
    expect(parseChecksum(list, 'a.tar.gz')).toBe(sum.toLowerCase());
    expect(parseChecksum(list, 'b.zip')).toBe(sum.toLowerCase());
    expect(parseChecksum(list, 'tar.gz')).toBeUndefined();
    expect(parseChecksum('<html>not found</html>', 'a.tar.gz')).toBeUndefined();
  });
});
