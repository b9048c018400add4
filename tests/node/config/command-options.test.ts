import { Command } from 'commander';
import { expect, it } from 'vitest';
import { OPTION_KEYS, OPTIONS } from '../../../lib/core/config/options.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { addOptions, typedOptions } from '../../../lib/node/config/command-options.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function typed(...argv: string[]) {
  return typedOptions(addOptions(new Command()).parse(argv, { from: 'user' }));
}

it('gives nothing when nothing was typed', () => {
  expect(typed()).toEqual({});
});

it('gives every option under its key', () => {
  const value: Record<string, string> = { headers: 'x-a=env:A', target: 'http://127.0.0.1' };
  for (const key of OPTION_KEYS) {
    const [flag, argument] = OPTIONS[key].flag.split(' ');
    const text = value[key] ?? '1';
    const argv = argument === undefined ? [flag as string] : [flag as string, text];
    expect(Object.keys(typed(...argv)), flag).toEqual([key]);
  }
});

it('collects what is repeated', () => {
  expect(typed('--allow-host', 'a.com', '--allow-host', 'b.com')).toEqual({
    allowHosts: ['a.com', 'b.com'],
  });
});

it('lets --no-abort through to the config', () => {
  const flags = typed('--no-abort', '--rate', '20');
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'spike',
    flags,
    env: { LOAD_ABORT: '1' },
    file: null,
  });
  expect(config).toMatchObject({ abort: false, ratePerSecond: 20 });
});

it('shows the table in its help', () => {
  const help = addOptions(new Command()).helpInformation();
  for (const key of OPTION_KEYS) expect(help).toContain(OPTIONS[key].flag);
});
