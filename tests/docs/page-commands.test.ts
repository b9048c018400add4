import { expect, it } from 'vitest';
import { parseBlocks } from './markdown-blocks.ts';
import { parseCommands } from './page-commands.ts';

const page = (...blocks: readonly string[]) => `# A page\n\n${blocks.join('\n\n')}\n`;
const sh = (text: string) => `\`\`\`sh\n${text}\n\`\`\``;
const plain = (text: string) => `\`\`\`\n${text}\n\`\`\``;

it('reads the commands of a block, without comments and over continued lines', () => {
  const text = sh('# first\nnpm ci   # once\n\nnpm run load -- \\\n  --target http://a/#b');
  expect(parseCommands(page(text)).commands).toEqual([
    { line: 3, command: 'npm ci', output: null, notRun: null },
    { line: 3, command: 'npm run load -- --target http://a/#b', output: null, notRun: null },
  ]);
});

it('gives a block without a language to the last command before it', () => {
  const { commands, orphans } = parseCommands(page(sh('a\nb'), 'It prints:', plain('x\n\ny')));
  expect(commands.map(({ command, output }) => [command, output])).toEqual([
    ['a', null],
    ['b', 'x\n\ny'],
  ]);
  expect(orphans).toEqual([]);
});

it('splits a session into its commands', () => {
  const { commands } = parseCommands(page(plain('$ a\nx\n\n$ b\n$ c\ny')));
  expect(commands.map(({ command, output }) => [command, output])).toEqual([
    ['a', 'x'],
    ['b', null],
    ['c', 'y'],
  ]);
});

it('reads why a block is not run, and what prints an output', () => {
  const { commands } = parseCommands(
    page(
      '<!-- not run: needs an account -->',
      sh('aws'),
      '<!-- output of: npm run a -->',
      plain('x'),
    ),
  );
  expect(commands).toEqual([
    { line: 5, command: 'aws', output: null, notRun: 'needs an account' },
    { line: 11, command: 'npm run a', output: 'x', notRun: null },
  ]);
});

it('tells of an output without a command, and of a second one', () => {
  expect(parseCommands(page(plain('x'))).orphans).toEqual([3]);
  expect(parseCommands(page(sh('a'), plain('x'), plain('y'))).orphans).toEqual([11]);
});

it('reads blocks in lists and longer fences, and refuses one that is never closed', () => {
  const listed = '- so:\n\n  ```json\n  { "a":\n    1 }\n  ```\n\n````md\n```sh\nx\n```\n````\n';
  expect(parseBlocks(listed).map(({ language, text }) => [language, text])).toEqual([
    ['json', '{ "a":\n  1 }'],
    ['md', '```sh\nx\n```'],
  ]);
  expect(() => parseBlocks('a\n```sh\nb')).toThrow('line 2: a block that is never closed');
});
