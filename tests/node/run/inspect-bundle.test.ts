import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectBundle } from '../../../lib/node/run/inspect-bundle.ts';
import { temporaryFolder, writeProgram } from '../provision/fake-release.ts';

/** A k6 that does as the shell script says. */
const fakeK6 = async (script: string) => writeProgram(join(await temporaryFolder(), 'k6'), script);
const same = (text: string) => text;

it('gives what k6 prints, and passes it the arguments and nothing but the environment given', async () => {
  const k6 = await fakeK6(
    'echo "{\\"maxVUs\\": 3, \\"totalDuration\\": \\"5s\\", \\"scenarios\\": {\\"seen\\": \\"$* $ONE $HOME\\"}}"',
  );
  const { scenarios, maxVUs } = await inspectBundle(
    k6,
    'b.js',
    ['--config', 'c'],
    { ONE: '1' },
    same,
  );
  expect(maxVUs).toBe(3);
  expect(scenarios['seen']).toMatch(/^inspect .*--execution-requirements .*--config c b\.js 1 $/);
});

it.each([
  [
    "k6's own words",
    `printf '%s\\n' '{"level":"error","msg":"bad\\n\\tat x.ts:1"}' >&2; exit 107`,
    'bad at x.ts:1',
  ],
  ['what another program says', 'echo "cannot execute" >&2; exit 1', 'cannot execute'],
  ['that it failed without a word', 'exit 9', 'Command failed'],
  ['that it prints no JSON', 'echo nonsense', 'is not valid JSON'],
])('throws %s, redacted and in one line', async (_, script, reason) => {
  const redact = (text: string) => `redacted ${text}`;
  const error = await inspectBundle(await fakeK6(script), 'b.js', [], {}, redact).catch((e) => e);
  expect(error).toMatchObject({ code: 'E_SCENARIO', exitCode: 2 });
  expect(error.message).toMatch(/^k6 refuses the scenario: redacted [^\n]+$/);
  expect(error.message).toContain(reason);
});
