import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { namesToLookUp } from '../../../lib/node/run/watch-name-server.ts';

const HOSTS = `127.0.0.1 localhost
# 10.0.0.9 commented.test
10.0.0.1\tShop.test shop # the shop
::1 six.test`;

it('asks the name server for no address, no local name and nothing that the hosts file knows', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hosts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const hostsPath = join(dir, 'hosts');
  await writeFile(hostsPath, HOSTS);
  const urls = [
    ...['http://127.0.0.1:3000', 'http://[::1]:3000/a', 'http://localhost', 'http://a.localhost'],
    ...[
      'https://SHOP.test/orders',
      'http://six.test',
      'http://commented.test',
      'http://api.test:8080',
    ],
    'http://api.test/other',
  ];
  expect(namesToLookUp(urls, hostsPath)).toEqual(['commented.test', 'api.test']);
  // Where there is no such file, all names are asked for.
  expect(namesToLookUp(['http://shop.test'], join(dir, 'none'))).toEqual(['shop.test']);
});
