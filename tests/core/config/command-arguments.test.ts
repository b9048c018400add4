import { describe, expect, it } from 'vitest';
import { commandArguments } from '../../../lib/core/config/command-arguments.ts';

describe('commandArguments', () => {
  it('gives the scenario and its flags, in the order of the options', () => {
    const flags = { rate: '70', profile: 'quick', abort: false, http1: true, exact: false };
    expect(commandArguments('spike', flags, {})).toEqual([
      ...['spike', '--profile', 'quick', '--rate', '70', '--http1', '--no-abort'],
    ]);
  });

  it('names a scenario file instead of a scenario', () => {
    expect(commandArguments('', { scenarioFile: 'my flow.ts', rate: 5 }, {})).toEqual([
      ...['--scenario', 'my flow.ts', '--rate', '5'],
    ]);
  });

  it('takes options from the environment, flags first', () => {
    const env = {
      BASE_URL: 'https://old.example.com',
      LOAD_TARGET: 'https://api.example.com',
      LOAD_RATE: '10',
      LOAD_ALLOW_HOSTS: 'a.example.com, b.example.com',
      LOAD_ABORT: 'false',
      LOAD_EXACT: '',
      UNRELATED: 'x',
    };
    expect(commandArguments('steady', { rate: '20' }, env)).toEqual([
      ...['steady', '--target', 'https://api.example.com', '--rate', '20'],
      ...['--allow-host', 'a.example.com', '--allow-host', 'b.example.com', '--no-abort'],
    ]);
  });

  it('leaves out --json, which changes nothing but what is printed', () => {
    expect(commandArguments('steady', { json: true }, { LOAD_JSON: 'true' })).toEqual(['steady']);
  });

  it('holds nothing that may be a secret', () => {
    const secret = 'hunter2';
    const flags = {
      bearerCommand: `get-token --password ${secret}`,
      oauth2TokenUrl: `https://id.example.com/token?client=${secret}`,
      query: [`code=${secret}`, `key=a=${secret}`],
    };
    const args = commandArguments('steady', flags, {});
    expect(args.join(' ')).not.toContain(secret);
    expect(args).toEqual([
      ...['steady', '--bearer-command', '***'],
      ...['--oauth2-token-url', 'https://id.example.com/token?***'],
      ...['--query', 'code=***', '--query', 'key=***'],
    ]);
  });
});
