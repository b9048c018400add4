import type { Options } from 'k6/options';
import { readEnv } from './env.ts';

/**
 * The option by which k6 shows the certificate in the file LOAD_CLIENT_CERT, with the key in LOAD_CLIENT_KEY, to a
 * target that asks for one. In the init context only.
 */
export function clientCertificateOption(): Pick<Options, 'tlsAuth'> {
  const { LOAD_CLIENT_CERT: cert, LOAD_CLIENT_KEY: key } = readEnv();
  if (!cert) return {};
  return { tlsAuth: [{ cert: open(cert), key: open(key || cert) }] };
}
