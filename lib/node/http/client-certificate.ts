import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';

/** A client certificate for a target, and its key, as PEM. */
export interface ClientCertificate {
  readonly certPath: string;
  readonly keyPath: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads the files of `--client-cert` and `--client-key`, which may be the same file; null if neither is given.
 *
 * @throws UserError E_CLIENT_CERT (exit 2) for files that k6 could not use.
 */
export async function readClientCertificate(
  files: { readonly cert: string; readonly key: string } | null,
  cwd: string,
): Promise<ClientCertificate | null> {
  if (files === null) return null;
  const certPath = resolve(cwd, files.cert);
  const keyPath = resolve(cwd, files.key);
  const cert = await readPem(certPath, '--client-cert', files.cert);
  const key = await readPem(keyPath, '--client-key', files.key);
  const certificate = parsed(() => new X509Certificate(cert));
  if (certificate === null) {
    throw refusal(
      `--client-cert: ${files.cert} contains no PEM certificate; convert a .p12 with \`openssl pkcs12 -in client.p12 -nodes -out client.pem\``,
    );
  }
  if (!certificate.checkPrivateKey(privateKey(key, files.key))) {
    throw refusal(
      `--client-key: ${files.key} is not the key of the certificate in ${files.cert}; use two that belong together`,
    );
  }
  const endsMs = Date.parse(certificate.validTo);
  if (endsMs < Date.now()) {
    throw refusal(
      `--client-cert: the certificate in ${files.cert} expired at ${new Date(endsMs).toISOString()}; use one that is valid`,
    );
  }
  return { certPath, keyPath, cert, key };
}

function privateKey(pem: string, file: string): KeyObject {
  if (/^Proc-Type: .*ENCRYPTED|BEGIN ENCRYPTED PRIVATE KEY/m.test(pem)) {
    throw refusal(
      `--client-key: the key in ${file} is encrypted, which k6 cannot read; decrypt it with \`openssl pkey -in ${file} -out client.key\``,
    );
  }
  const key = parsed(() => createPrivateKey(pem));
  if (key !== null) return key;
  throw refusal(
    `--client-key: ${file} contains no private key in PEM; use the key's file, or a file with both certificate and key`,
  );
}

async function readPem(path: string, flag: string, shown: string): Promise<string> {
  return readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
    throw refusal(`${flag}: cannot read ${shown} (${error.code}); use a PEM file`);
  });
}

function parsed<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

function refusal(message: string): UserError {
  return new UserError('E_CLIENT_CERT', message);
}
