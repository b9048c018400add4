import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyPair {
  readonly certPath: string;
  readonly keyPath: string;
  readonly cert: string;
  readonly key: string;
}

export interface PrivateAuthority {
  readonly ca: string;
  readonly caPath: string;
  /** Both for localhost, shop.test, 127.0.0.1 and ::1. */
  readonly server: KeyPair;
  readonly client: KeyPair;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const NAMES = 'subjectAltName=DNS:localhost,DNS:shop.test,IP:127.0.0.1,IP:::1';

/** Makes an authority that nobody knows in a folder, and a server's and a client's certificate of it. */
export function makePrivateAuthority(folder: string): PrivateAuthority {
  const at = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(at(name), 'utf8');
  openssl(
    ...['req', '-x509', ...EC_KEY, '-days', '1', '-subj', '/CN=Private CA'],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem')],
  );
  const pair = (name: string): KeyPair => {
    const [certPath, keyPath] = [at(`${name}.pem`), at(`${name}.key`)];
    openssl(
      ...['req', '-x509', ...EC_KEY, '-days', '1', '-subj', `/CN=${name}`, '-addext', NAMES],
      ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-keyout', keyPath, '-out', certPath],
      ...['-addext', 'basicConstraints=critical,CA:FALSE'],
    );
    return { certPath, keyPath, cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  return {
    ca: read('ca.pem'),
    caPath: at('ca.pem'),
    server: pair('server'),
    client: pair('client'),
  };
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}
