import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Env } from '../../core/config/env.ts';
import type { DoctorFinding } from './finding.ts';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Whether the files with additional trusted certificates can be read. All requests to a target trust what k6 trusts:
 * SSL_CERT_FILE, SSL_CERT_DIR and `--ca` (`readTrustedCertificates`). NODE_EXTRA_CA_CERTS is for Node's requests to
 * other servers. Node ignores a bad file with a warning, k6 silently.
 */
export async function certificateFindings(env: Env, nowMs: number): Promise<DoctorFinding[]> {
  const set = (name: string) => (env[name] ?? '') !== '';
  const files = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].filter(set);
  if (files.length === 0 && !set('SSL_CERT_DIR')) {
    return [
      { name: 'certificates', status: 'ok', isRequired: false, detail: 'those of the system' },
    ];
  }
  const findings = await Promise.all(
    files.map(async (name) => fileFinding(name, env[name] as string, nowMs)),
  );
  if (set('SSL_CERT_DIR')) findings.push(await folderFinding(env['SSL_CERT_DIR'] as string));
  const forNode = set('NODE_EXTRA_CA_CERTS');
  const forK6 = set('SSL_CERT_FILE') || set('SSL_CERT_DIR');
  if (forNode !== forK6) {
    findings.push({
      name: 'certificates',
      status: 'warn',
      isRequired: false,
      detail: `additional ones are trusted only for ${forNode ? 'downloads and AWS' : 'the target'}`,
      mend: forNode
        ? 'set SSL_CERT_FILE, or use --ca, for requests to the target'
        : 'set NODE_EXTRA_CA_CERTS too, if downloads or AWS need it; requests to the target do not',
    });
  }
  return findings;
}

async function fileFinding(name: string, file: string, nowMs: number): Promise<DoctorFinding> {
  const bad = (detail: string): DoctorFinding => ({
    name,
    status: 'warn',
    isRequired: false,
    detail: `${file}: ${detail}`,
    mend: `point ${name} at a readable file with PEM certificates, or unset ${name}`,
  });
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') return bad(`cannot be read (${text.code})`);
  const found = text.match(PEM) ?? [];
  if (found.length === 0) return bad('contains no PEM certificate');
  const expiries = found.map(expiryMs);
  const broken = expiries.filter((expiry) => expiry === null).length;
  if (broken > 0) return bad(`${broken} of ${found.length} certificates cannot be read`);
  const expired = expiries.filter((expiry) => (expiry as number) < nowMs).length;
  const detail = `${file}: ${found.length} ${found.length === 1 ? 'certificate' : 'certificates'}`;
  const common = { name, isRequired: false };
  // In a system's bundle a few have always expired.
  return expired === found.length
    ? { ...common, status: 'warn', detail: `${detail}, expired`, mend: 'get new ones' }
    : { ...common, status: 'ok', detail };
}

async function folderFinding(folders: string): Promise<DoctorFinding> {
  const name = 'SSL_CERT_DIR';
  const unreadable: string[] = [];
  for (const folder of folders.split(':').filter((one) => one !== '')) {
    await readdir(folder).catch(() => unreadable.push(folder));
  }
  return unreadable.length === 0
    ? { name, status: 'ok', isRequired: false, detail: folders }
    : {
        name,
        status: 'warn',
        isRequired: false,
        detail: `${unreadable.join(', ')} cannot be read`,
        mend: `point ${name} at readable folders, or unset ${name}`,
      };
}

function expiryMs(pem: string): number | null {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch {
    return null;
  }
}
