import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../lib/node/process/start-server.ts';

it('tells where a server is, and hands on all else that it prints', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'order-load-server-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const script = join(dir, 'server.mjs');
  const body = `const port = 4;
    console.error('ready http://127.0.0.1:1');
    console.log('almost ready', ...process.argv.slice(2));
    console.log(\`ready http://127.0.0.1:\${port}\`);
    setInterval(() => {}, 1000);`;
  await writeFile(script, body);
  const lines: string[] = [];
  const server = startServer({
    script,
    args: ['--flag', 'a b'],
    env: process.env,
    onLine: (line, from) => void lines.push(`${from} ${line}`),
  });
  onTestFinished(server.kill);
  expect(await server.readyUrl).toBe('http://127.0.0.1:4');
  expect(await server.stop()).toMatchObject({ signal: 'SIGTERM' });
  expect(lines.sort()).toEqual([
    'stderr ready http://127.0.0.1:1',
    'stdout almost ready --flag a b',
  ]);
});
