import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certificateFindings } from '../../../lib/node/doctor/certificate-findings.ts';

let dir: string;
const file = (name: string) => join(dir, name);
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'order-load-certs-'));
  const [one = '', other = ''] = rootCertificates;
  await writeFile(file('good.pem'), `# two\n${one}\n${other}\n`);
  await writeFile(file('none.pem'), '-----BEGIN PRIVATE KEY-----\nMAo=\n-----END PRIVATE KEY-----');
  await writeFile(
    file('broken.pem'),
    '-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n',
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const NOW_MS = Date.UTC(2025, 0, 1);
const find = (env: Record<string, string>, nowMs = NOW_MS) => certificateFindings(env, nowMs);

it('is content with those of the system, and with files that both halves of the suite read', async () => {
  expect((await find({})).map(({ status }) => status)).toEqual(['ok']);
  const both = await find({
    NODE_EXTRA_CA_CERTS: file('good.pem'),
    SSL_CERT_FILE: file('good.pem'),
  });
  expect(both.map(({ status }) => status)).toEqual(['ok', 'ok']);
  expect(both[0]?.detail).toContain('2 certificates');
});

it.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])('says what is wrong with %s', async (name) => {
  for (const [path, why] of [
    ['absent.pem', 'cannot be read (ENOENT)'],
    ['none.pem', 'contains no PEM certificate'],
    ['broken.pem', '1 of 1 certificates cannot be read'],
  ] as const) {
    const [found] = await find({ [name]: file(path) });
    expect(found).toMatchObject({ name, status: 'warn', detail: `${file(path)}: ${why}` });
    expect(found?.mend).toContain(`unset ${name}`);
  }
  const [over] = await find({ [name]: file('good.pem') }, Date.UTC(2100, 0, 1));
  expect(over).toMatchObject({ status: 'warn', detail: expect.stringContaining('expired') });
});

it('says so where only one of Node and k6 trusts them, and which variable is missing', async () => {
  const last = async (env: Record<string, string>) => (await find(env)).at(-1)?.mend;
  expect(await last({ NODE_EXTRA_CA_CERTS: file('good.pem') })).toContain('set SSL_CERT_FILE');
  expect(await last({ SSL_CERT_FILE: file('good.pem') })).toContain('set NODE_EXTRA_CA_CERTS');
  expect(await last({ SSL_CERT_DIR: dir })).toContain('set NODE_EXTRA_CA_CERTS');
  const [folder] = await find({ SSL_CERT_DIR: `${dir}:${file('nowhere')}` });
  expect(folder).toMatchObject({ status: 'warn', detail: expect.stringContaining('nowhere') });
});
