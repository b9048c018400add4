/** The k6 release that the suite is written for and measured with; the same as in `scripts/k6/go.mod`. */
export const K6_VERSION = '2.2.0';

/** The versions of k6 that are accepted: any patch release of the pinned minor version. */
export const K6_WANTED = `${K6_VERSION.split('.').slice(0, 2).join('.')}.x`;

/** Where Grafana publishes k6's releases; a mirror (`K6_MIRROR`) has the same folders. */
export const K6_RELEASES_URL = 'https://github.com/grafana/k6/releases/download';

/** The files of the pinned release for one platform. */
export interface K6Asset {
  /** Path of the archive below the releases' URL. */
  readonly archivePath: string;
  /** Path of the list of SHA-256 sums below the releases' URL. */
  readonly checksumsPath: string;
  /** The archive's file name in the list of sums. */
  readonly archive: string;
  readonly format: 'tar.gz' | 'zip';
  /** The binary's path inside the archive, with forward slashes. */
  readonly entry: string;
}

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'macos',
  win32: 'windows',
};

const ARCH_NAMES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The release's files for a platform and architecture, as named by Node; undefined if there are none. */
export function k6Asset(platform: NodeJS.Platform, arch: string): K6Asset | undefined {
  const os = OS_NAMES[platform];
  const cpu = ARCH_NAMES[arch];
  if (os === undefined || cpu === undefined) return undefined;
  const stem = `k6-v${K6_VERSION}-${os}-${cpu}`;
  const format = platform === 'linux' ? 'tar.gz' : 'zip';
  const archive = `${stem}.${format}`;
  return {
    archive,
    archivePath: `v${K6_VERSION}/${archive}`,
    checksumsPath: `v${K6_VERSION}/k6-v${K6_VERSION}-checksums.txt`,
    format,
    entry: `${stem}/${binaryName(platform)}`,
  };
}

/** The file name of k6's binary on a platform. */
export function binaryName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'k6.exe' : 'k6';
}

/** Whether a version (`2.2.1`, without `v`) is accepted. Pre-releases are not. */
export function isCompatibleK6(version: string): boolean {
  const wanted = K6_VERSION.split('.');
  const parts = /^(\d+)\.(\d+)\.(\d+)(?:\+.*)?$/.exec(version);
  return parts !== null && parts[1] === wanted[0] && parts[2] === wanted[1];
}

/** The version in the output of `k6 version` (`k6 v2.2.0 (go1.26.8, linux/amd64)`), without `v`. */
export function parseK6Version(output: string): string | undefined {
  return /^k6(?:\.exe)? v?(\d+\.\d+\.\d+[-+\w.]*)/m.exec(output)?.[1];
}

/** The SHA-256 of one file in a list in the format of `sha256sum`; undefined if it is not listed. */
export function parseChecksum(list: string, file: string): string | undefined {
  for (const line of list.split('\n')) {
    const parts = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line.trimEnd());
    if (parts?.[2] === file) return parts[1]?.toLowerCase();
  }
  return undefined;
}
