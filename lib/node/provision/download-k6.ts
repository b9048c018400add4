import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { variable } from './environment.ts';
import { extractEntry } from './extract-entry.ts';
import { K6_VERSION, type K6Asset, k6Asset, parseChecksum } from './k6-release.ts';
import { openReleaseServer, type ReleaseServer, type ServerPatience } from './release-server.ts';

export interface DownloadK6Options {
  readonly env: Env;
  readonly say: (line: string) => void;
  readonly patience?: ServerPatience;
}

const PROGRESS_EVERY_MS = 10_000;

/** k6's archives have about 30 MB; ten times that must be something else. */
const MAX_ARCHIVE_BYTES = 300_000_000;
const MAX_CHECKSUMS_BYTES = 1_000_000;

/**
 * Downloads the pinned release into `folder`, verifies it, and returns the path of the binary. Rejects with one
 * readable line. An archive with a wrong checksum is never unpacked.
 *
 * The archive's SHA-256 must equal `K6_SHA256` if that is set, otherwise the one in the release's own list, fetched
 * from the same server. A checksum from the same server reveals a damaged or stale file, but not a server whose owner
 * replaced both, so it is worth as much as the TLS connection to that server. That is why a mirror over plain HTTP is
 * refused without `K6_SHA256` (except on loopback), and why users who do not trust the mirror should set `K6_SHA256`.
 * `go build`, which is tried next, needs no such trust: `go.sum` pins every module.
 */
export async function downloadK6(folder: string, options: DownloadK6Options): Promise<string> {
  const pinnedSum = parsePinnedSum(options.env);
  const asset = requireAsset();
  const server = openReleaseServer(options.env, options.patience);
  try {
    options.say(`downloading k6 ${K6_VERSION} from ${server.shownUrl}/${asset.archivePath}`);
    const wantedSum = pinnedSum ?? (await readListedSum(server, asset));
    const archive = join(folder, asset.archive);
    const sum = await saveArchive(server, asset, archive, options.say);
    if (sum !== wantedSum) {
      const against = pinnedSum === undefined ? "the release's list" : 'K6_SHA256';
      throw new Error(
        `WRONG CHECKSUM of ${asset.archive}: SHA-256 is ${sum}, but ${against} has ${wantedSum}; the file was deleted`,
      );
    }
    return await extractEntry(archive, asset, folder);
  } finally {
    await server.close();
  }
}

/**
 * Why the pinned release cannot be downloaded, in one line; undefined if it can. Reads the list of checksums, or the
 * beginning of the archive if `K6_SHA256` is set and the list is not needed.
 */
export async function whyNotDownloadable(
  env: Env,
  patience?: ServerPatience,
): Promise<string | undefined> {
  const pinnedSum = parsePinnedSum(env);
  const server = openReleaseServer(env, patience);
  try {
    const asset = requireAsset();
    if (pinnedSum === undefined) await readListedSum(server, asset);
    else await server.read(asset.archivePath).next();
    return undefined;
  } catch (error) {
    return `${server.shownUrl}: ${(error as Error).message}`;
  } finally {
    await server.close();
  }
}

function parsePinnedSum(env: Env): string | undefined {
  const sum = variable(env, 'K6_SHA256')?.toLowerCase();
  if (sum === undefined || /^[0-9a-f]{64}$/.test(sum)) return sum;
  throw new UserError(
    'E_K6_SHA256',
    "K6_SHA256 is not a SHA-256 sum; set it to the 64 hexadecimal digits of this platform's k6 archive, or unset it",
    EXIT.usage,
  );
}

function requireAsset(): K6Asset {
  const asset = k6Asset(process.platform, process.arch);
  if (asset === undefined) {
    throw new Error(`k6 publishes no binary for ${process.platform} on ${process.arch}`);
  }
  return asset;
}

async function readListedSum(server: ReleaseServer, asset: K6Asset): Promise<string> {
  if (!server.isTrusted) {
    throw new Error(
      'the mirror is plain HTTP, so its list of checksums proves nothing: use https, or set K6_SHA256',
    );
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of limited(server.read(asset.checksumsPath), MAX_CHECKSUMS_BYTES)) {
    pieces.push(piece);
  }
  const sum = parseChecksum(Buffer.concat(pieces).toString('utf8'), asset.archive);
  if (sum === undefined) throw new Error(`${asset.checksumsPath} does not list ${asset.archive}`);
  return sum;
}

async function saveArchive(
  server: ReleaseServer,
  asset: K6Asset,
  path: string,
  say: (line: string) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  const progress = setInterval(
    () => say(`still downloading k6 (${(bytes / 1e6).toFixed(0)} MB so far)`),
    PROGRESS_EVERY_MS,
  );
  async function* hashed() {
    for await (const piece of limited(server.read(asset.archivePath), MAX_ARCHIVE_BYTES)) {
      bytes += piece.length;
      hash.update(piece);
      yield piece;
    }
  }
  try {
    await pipeline(hashed, createWriteStream(path));
  } finally {
    clearInterval(progress);
  }
  return hash.digest('hex');
}

async function* limited(pieces: AsyncIterable<Uint8Array>, maxBytes: number) {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new Error(`the response is larger than ${maxBytes / 1e6} MB`);
    yield piece;
  }
}
