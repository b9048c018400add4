import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { startLiveServer } from '../../../lib/node/live/live-server.ts';

async function serve() {
  let renderings = 0;
  const server = await startLiveServer(() => {
    renderings += 1;
    return `page ${renderings}`;
  });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  onTestFinished(close);
  const get = async (path: string) => {
    const response = await fetch(new URL(path, server.url));
    return { run: response.headers.get('x-run'), text: await response.text() };
  };
  return { server, get, close, renderings: () => renderings };
}

it('renders nothing while nobody asks, and once for all who ask within a second', async () => {
  const { get, renderings } = await serve();
  expect(renderings()).toBe(0);
  const pages = await Promise.all([get('/'), get('/'), get('/')]);
  expect(pages.map(({ text }) => text)).toEqual(['page 1', 'page 1', 'page 1']);
  const next = await Promise.all([get('/next?client=a'), get('/next?client=b')]);
  expect(next).toEqual([
    { run: 'running', text: 'page 2' },
    { run: 'running', text: 'page 2' },
  ]);
  expect(renderings()).toBe(2);
});

it('hands the last page to who waits, to who asks later, and ends only then', async () => {
  const { server, get } = await serve();
  await get('/next?client=a');
  const waiting = get('/next?client=a');
  const between = get('/next?client=b');
  await get('/');
  await server.finish('the end');
  expect(await waiting).toEqual({ run: 'ended', text: 'the end' });
  expect(await between).toEqual({ run: 'ended', text: 'the end' });
  expect((await get('/')).text).toBe('the end');
});

it('does not answer under another name, nor to another method', async () => {
  const { server } = await serve();
  const { hostname, port } = new URL(server.url);
  expect(hostname).toBe('127.0.0.1');
  const statusOf = (host: string, method: string) =>
    new Promise<number | undefined>((done, fail) => {
      const sent = request({ hostname, port, method, headers: { host } }, (response) => {
        response.resume();
        done(response.statusCode);
      });
      sent.once('error', fail);
      sent.end();
    });
  expect(await statusOf(`evil.test:${port}`, 'GET')).toBe(403);
  expect(await statusOf(`127.0.0.1:${port}`, 'POST')).toBe(405);
  expect(await statusOf(`localhost:${port}`, 'GET')).toBe(200);
});

it('stops listening when it is closed, whoever waits', async () => {
  const { server, get, close } = await serve();
  await get('/');
  const waiting = get('/next?client=a').catch(() => 'cut');
  await close();
  expect(await waiting).toBe('cut');
  await expect(fetch(server.url)).rejects.toThrow();
});
