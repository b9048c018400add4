import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseNpmCall } from '../docs/check-command.ts';
import { compareOutput } from '../docs/compare-output.ts';
import { readRunCommands } from '../docs/runs-of-pages.ts';
import { type DocsFolder, makeDocsFolder, runShell } from './support/docs-folder.ts';

let folder: DocsFolder;
beforeAll(async () => {
  folder = await makeDocsFolder();
});
afterAll(() => folder.remove());

it.each(await readRunCommands({ long: false }))(
  '$place: $command does what the page says',
  async ({ command, output }) => {
    const isServer = parseNpmCall(command)?.script === 'order-api';
    // The ports of the docs may be taken here.
    const started = isServer ? command.replace(/--port \d+/, '--port 0') : command;
    const untilLines =
      isServer && output !== null ? output.split('\n').length : Number.POSITIVE_INFINITY;
    const ran = await runShell(started, folder.path, { untilLines });
    if (output === null) expect(ran).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]) });
    else expect(compareOutput(output, ran.output), ran.output).toBeNull();
  },
);
