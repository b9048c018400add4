import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

/** Where `.ci/run` puts the pinned one. */
const INSTALLED = fileURLToPath(new URL('../../../node_modules/.cache/moto', import.meta.url));
const REMEDY =
  'needs moto: python3 -m pip install --target node_modules/.cache/moto -r tests/node/platform/requirements.txt';

/** The URL of an emulator of AWS that lives until the running test ends; without one the test is skipped, but never in CI. */
export async function startMoto(context: TestContext): Promise<string> {
  if (!existsSync(INSTALLED)) {
    if (process.env['CI'] === 'true') throw new Error(REMEDY);
    return context.skip(REMEDY);
  }
  const args = ['-u', '-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'];
  const env = { ...process.env, PYTHONPATH: INSTALLED };
  const child = spawn('python3', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  context.onTestFinished(async () => {
    const ended = once(child, 'exit');
    if (child.kill('SIGKILL')) await ended;
  });
  let said = '';
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`moto ended with ${code}: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (url !== undefined) done(url);
    });
  });
}
