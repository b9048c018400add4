import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Env } from '../../core/config/env.ts';
import { UserError } from '../../core/errors/user-error.ts';

/** Where Go looks for the system's certificates on Linux: the first of these files, and all of these folders. */
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const SYSTEM_FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export interface TrustedCertificates {
  /**
   * The content of SSL_CERT_FILE for k6, which replaces the system's file: the system's certificates and those of
   * `--ca`. Null without `--ca`, because k6 then finds the certificates on its own.
   */
  readonly k6File: string | null;
  /** All certificates that k6 trusts, as PEM, for Node's own requests; null to use Node's own. */
  readonly all: readonly string[] | null;
}

/** Whether Go verifies with the system there, which ignores SSL_CERT_FILE. */
export function asksSystem(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32';
}

/**
 * The certificates of authorities that k6 trusts on this machine, including those of a `--ca` file.
 *
 * @throws UserError E_CA (exit 2) for a `--ca` file that cannot be read or contains none.
 */
export async function readTrustedCertificates(
  caFile: string | null,
  { cwd, env, platform }: { cwd: string; env: Env; platform: NodeJS.Platform },
): Promise<TrustedCertificates> {
  const own = caFile === null ? [] : await readCaFile(caFile, cwd);
  if (asksSystem(platform)) {
    return { k6File: null, all: caFile === null ? null : [...rootCertificates, ...own] };
  }
  const inFile = await readFirst(env['SSL_CERT_FILE'] || null);
  const folders = env['SSL_CERT_DIR'] ? env['SSL_CERT_DIR'].split(':') : SYSTEM_FOLDERS;
  const inFolders = (await Promise.all(folders.map(readFolder))).flat();
  // For a system without any, k6 and Node bring Mozilla's; a file would disable those.
  const system = inFile.length + inFolders.length === 0 ? rootCertificates : inFile;
  return {
    k6File: caFile === null ? null : `${[...system, ...own].join('\n')}\n`,
    all: [...new Set([...system, ...inFolders, ...own])],
  };
}

async function readCaFile(file: string, cwd: string): Promise<readonly string[]> {
  const text = await readFile(resolve(cwd, file), 'latin1').catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError('E_CA', `--ca: cannot read ${file} (${error.code}); use a PEM file`);
    },
  );
  const found = text.match(PEM_CERTIFICATE) ?? [];
  if (found.length > 0 && found.every(isCertificate)) return found;
  throw new UserError(
    'E_CA',
    found.length === 0
      ? `--ca: ${file} contains no PEM certificate; convert it with \`openssl x509 -inform der -in ${file} -out ca.pem\``
      : `--ca: ${file} contains a certificate that cannot be read; use a PEM file as issued by the authority`,
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

async function readFirst(file: string | null): Promise<readonly string[]> {
  for (const candidate of file === null ? SYSTEM_FILES : [file]) {
    const text = await readFile(candidate, 'latin1').catch(() => null);
    if (text !== null) return text.match(PEM_CERTIFICATE) ?? [];
  }
  return [];
}

async function readFolder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.map((name) => readFile(join(folder, name), 'latin1').catch(() => '')),
  );
  return texts.flatMap((text) => text.match(PEM_CERTIFICATE) ?? []);
}
