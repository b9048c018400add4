import type { Options } from 'k6/options';
import { readEnv } from './env.ts';

/**
 * The option with which k6 presents the certificate in the file LOAD_CLIENT_CERT, with the key in LOAD_CLIENT_KEY, to
 * a target that requests one. Only in the init context.
 */
export function clientCertificateOption(): Pick<Options, 'tlsAuth'> {
  const { LOAD_CLIENT_CERT: cert, LOAD_CLIENT_KEY: key } = readEnv();
  if (!cert) return {};
  return { tlsAuth: [{ cert: open(cert), key: open(key || cert) }] };
}
