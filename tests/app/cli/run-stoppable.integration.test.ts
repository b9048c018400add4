import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProcess } from '../../../lib/node/process/start-process.ts';
import { temporaryFolder } from '../../node/provision/fake-release.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A stoppable command whose `main` has the given body. */
async function start(body: string) {
  const file = join(await temporaryFolder(), 'script.ts');
  await writeFile(
    file,
    `import { runStoppable } from '${ROOT}/lib/app/cli/run-stoppable.ts';
runStoppable(process, async (stop) => { ${body} });`,
  );
  const lines: string[] = [];
  const running = startProcess({
    file: process.execPath,
    args: ['--import', import.meta.resolve('tsx'), file],
    env: process.env,
    onLine: (line) => void lines.push(line),
  });
  onTestFinished(running.kill);
  return { ...running, lines };
}

it('ends with what main returns, and with the process left to itself', async () => {
  const { ended, lines } = await start(
    "setTimeout(() => console.log('the rest'), 200); console.log(String(stop.first())); return 3;",
  );
  expect(await ended).toMatchObject({ exitCode: 3 });
  expect(lines).toEqual(['null', 'the rest']);
});

it('lets main end in its own order after a signal, and waits for nothing more', async () => {
  const { ended, lines, signal } = await start(`
    setInterval(() => {}, 1000);
    console.log('begun');
    await stop.orStop(new Promise(() => {}));
    console.log('x'.repeat(100_000) + 'end');
    return stop.exitCode();`);
  await expect.poll(() => lines, { timeout: 10_000 }).toEqual(['begun']);
  signal('SIGTERM');
  expect(await ended).toMatchObject({ exitCode: 143 });
  expect(lines[1]).toMatch(/xend$/);
});
