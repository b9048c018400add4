import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseNpmCall } from '../docs/check-command.ts';
import { compareOutput } from '../docs/compare-output.ts';
import { readCommands } from '../docs/pages.ts';
import { treatmentOf } from '../docs/runs-of-pages.ts';
import { type DocsFolder, makeDocsFolder, runShell } from './support/docs-folder.ts';

/** Its sample run is compared where nothing else is loaded. */
const README = /^README\.md:.*/;

let folder: DocsFolder;
beforeAll(async () => {
  folder = await makeDocsFolder();
});
afterAll(() => folder.remove());

const commands = [];
for (const placed of await readCommands()) {
  const isSampleRun = README.test(placed.place) && placed.output !== null;
  if (!isSampleRun && (await treatmentOf(placed)) === 'run') commands.push(placed);
}

it.each(commands)('$place: $command does what the page says', async ({ command, output }) => {
  const isServer = parseNpmCall(command)?.script === 'order-api';
  const untilLines = isServer ? output?.split('\n').length : undefined;
  // The ports of the docs may be taken here.
  const started = isServer ? command.replace(/--port \d+/, '--port 0') : command;
  const ran = await runShell(started, folder.path, untilLines === undefined ? {} : { untilLines });
  if (output === null) expect(ran).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]) });
  else expect(compareOutput(output, ran.output), ran.output).toBeNull();
});
