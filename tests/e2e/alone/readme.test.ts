import { expect, it, onTestFinished } from 'vitest';
import { compareOutput } from '../../docs/compare-output.ts';
import { readCommands } from '../../docs/pages.ts';
import { makeDocsFolder, runShell } from '../support/docs-folder.ts';

const samples = (await readCommands()).filter(
  ({ place, output, notRun }) => place.startsWith('README.md:') && output !== null && !notRun,
);

it('shows a run', () =>
  expect(samples.map(({ command }) => command)).toEqual(['npm run load:spike']));

it.each(samples)('$place: $command prints what the README shows', async ({ command, output }) => {
  const folder = await makeDocsFolder();
  onTestFinished(() => folder.remove());
  const ran = await runShell(command, folder.path);
  expect(compareOutput(output ?? '', ran.output), ran.output).toBeNull();
  expect(ran.exitCode).toBe(0);
});
