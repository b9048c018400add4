import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startOrderApiProcess } from '../../../lib/node/run/order-api-process.ts';
import { temporaryFolder } from '../provision/fake-release.ts';

/** Starts a target whose process runs the given body. */
async function start(body: string, readyTimeoutMs?: number) {
  const script = join(await temporaryFolder(), 'target.mjs');
  await writeFile(script, body);
  const timeout = readyTimeoutMs === undefined ? {} : { readyTimeoutMs };
  return startOrderApiProcess({ script, args: ['--port', '0'], env: process.env, ...timeout });
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const READY = "console.log('ready http://127.0.0.1:1234'); setInterval(() => {}, 1000);";
const failure = (message: RegExp) =>
  expect.objectContaining({
    code: 'E_LOCAL_TARGET',
    exitCode: 4,
    message: expect.stringMatching(message),
  });

it('gives the URL of an order API that is ready, and ends it', async () => {
  const target = await start(READY);
  expect(target.url).toBe('http://127.0.0.1:1234');
  expect(isAlive(target.pid)).toBe(true);
  await target.stop();
  expect(isAlive(target.pid)).toBe(false);
  await target.stop();
});

it('does not mind what else is printed, before and after', async () => {
  const noise = "process.stderr.write('x'.repeat(1_000_000)); console.log('warming up');";
  const target = await start(
    `${noise} ${READY} setInterval(() => console.log('x'.repeat(9999)), 1);`,
  );
  expect(target.url).toBe('http://127.0.0.1:1234');
  await target.stop();
});

it('says why an order API ended before it was ready', async () => {
  const body = "console.error('error [E_PORT_IN_USE]: port 3000 is taken'); process.exitCode = 4;";
  await expect(start(body)).rejects.toEqual(
    failure(/did not start: it ended with code 4 \(error \[E_PORT_IN_USE\]: port 3000 is taken\)$/),
  );
});

it('ends an order API that stays silent', async () => {
  const body = "console.log('pid ' + process.pid); setInterval(() => {}, 1000);";
  const error = (await start(body, 1500).catch((thrown) => thrown)) as Error;
  expect(error).toEqual(failure(/did not start: nothing within 1\.5 s \(pid \d+\)$/));
  expect(isAlive(Number(/pid (\d+)/.exec(error.message)?.[1]))).toBe(false);
});
