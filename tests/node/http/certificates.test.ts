import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientCertificate } from '../../../lib/node/http/client-certificate.ts';
import { readTrustedCertificates } from '../../../lib/node/http/trusted-certificates.ts';
import { makePrivateAuthority, type PrivateAuthority } from './private-authority.ts';

let folder: string;
let authority: PrivateAuthority;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'order-load-ca-'));
  authority = makePrivateAuthority(folder);
  writeFileSync(at('empty.pem'), 'no certificate\n');
  writeFileSync(at('broken.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const lines = (pem: string) => pem.trim();

describe('trusted certificates', () => {
  const read = (caFile: string | null, env: Record<string, string>, platform = 'linux') =>
    readTrustedCertificates(caFile, {
      ...{ cwd: folder, env },
      platform: platform as NodeJS.Platform,
    });

  it('are those that k6 finds, and those of --ca beside them', async () => {
    const env = { SSL_CERT_FILE: authority.server.certPath, SSL_CERT_DIR: at('none') };
    const { k6File, all } = await read('ca.pem', env);
    expect(all?.map(lines)).toEqual([lines(authority.server.cert), lines(authority.ca)]);
    expect(k6File).toBe(`${lines(authority.server.cert)}\n${lines(authority.ca)}\n`);
    expect(await read(null, env)).toEqual({ k6File: null, all: [lines(authority.server.cert)] });
  });

  it('are Mozilla’s on a machine that has none', async () => {
    const env = { SSL_CERT_FILE: at('none'), SSL_CERT_DIR: at('none') };
    expect((await read(null, env)).all).toEqual([...new Set(rootCertificates)]);
    const { k6File, all } = await read('ca.pem', env);
    expect(all).toHaveLength(new Set(rootCertificates).size + 1);
    expect(k6File).toContain(rootCertificates[0]);
    expect(k6File).toContain(lines(authority.ca));
  });

  it('are the system’s own where k6 asks the system', async () => {
    expect(await read(null, {}, 'darwin')).toEqual({ k6File: null, all: null });
    const { k6File, all } = await read('ca.pem', {}, 'win32');
    expect(k6File).toBeNull();
    expect(all).toContain(lines(authority.ca));
  });

  it.each([
    ['missing.pem', /^--ca: cannot read missing\.pem \(ENOENT\); use a PEM file$/],
    ['empty.pem', /^--ca: empty\.pem contains no PEM certificate; convert it with `openssl x509/],
    ['broken.pem', /^--ca: broken\.pem contains a certificate that cannot be read; use/],
  ])('refuse %s', async (file, message) => {
    await expect(read(file, {})).rejects.toMatchObject({
      ...{ code: 'E_CA', exitCode: 2 },
      message: expect.stringMatching(message),
    });
  });
});

describe('a client certificate', () => {
  const read = (cert: string, key = cert) => readClientCertificate({ cert, key }, folder);

  it('is read from two files, or from one', async () => {
    const { client } = authority;
    expect(await readClientCertificate(null, folder)).toBeNull();
    expect(await read('client.pem', 'client.key')).toEqual({
      ...{ certPath: at('client.pem'), keyPath: at('client.key') },
      ...{ cert: client.cert, key: client.key },
    });
    writeFileSync(at('both.pem'), client.key + client.cert);
    expect(await read('both.pem')).toMatchObject({ certPath: at('both.pem') });
  });

  it.each([
    ['none.pem', 'client.key', /^--client-cert: cannot read none\.pem \(ENOENT\)/],
    ['client.pem', 'none.key', /^--client-key: cannot read none\.key \(ENOENT\)/],
    ['empty.pem', 'client.key', /^--client-cert: empty\.pem contains no PEM certificate; .*pkcs12/],
    ['client.pem', 'client.pem', /^--client-key: client\.pem contains no private key/],
    ['client.pem', 'server.key', /^--client-key: server\.key is not the key of the certificate/],
    ['client.pem', 'locked.key', /^--client-key: the key in locked\.key is encrypted/],
  ])('is refused with %s and %s', async (cert, key, message) => {
    writeFileSync(
      at('locked.key'),
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
    );
    await expect(read(cert, key)).rejects.toMatchObject({
      ...{ code: 'E_CLIENT_CERT', exitCode: 2 },
      message: expect.stringMatching(message),
    });
  });
});
