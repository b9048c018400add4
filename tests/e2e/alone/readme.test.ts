import { expect, it, onTestFinished } from 'vitest';
import { compareOutput } from '../../docs/compare-output.ts';
import { readRunCommands } from '../../docs/runs-of-pages.ts';
import { makeDocsFolder, runShell } from '../support/docs-folder.ts';

const shown = await readRunCommands({ long: true });

it('README shows a run', () => {
  const inReadme = shown.filter(({ place }) => place.startsWith('README.md:'));
  expect(inReadme.map(({ command }) => command)).toEqual(['npm run load:spike']);
});

it.each([...new Set(shown.map(({ command }) => command))])(
  '%s prints what README and other pages show',
  async (command) => {
    const folder = await makeDocsFolder();
    onTestFinished(() => folder.remove());
    const ran = await runShell(command, folder.path);
    for (const { place, output } of shown.filter((one) => one.command === command)) {
      expect(compareOutput(output ?? '', ran.output), `${place}\n${ran.output}`).toBeNull();
    }
    expect(ran.exitCode).toBe(0);
  },
);
