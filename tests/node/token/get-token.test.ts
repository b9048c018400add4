import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandToken } from '../../../lib/node/token/command-token.ts';
import { oauth2Token } from '../../../lib/node/token/oauth2-token.ts';

const never = new AbortController().signal;

describe('a command', () => {
  const run = (command: string, env: Record<string, string> = {}, withinMs = 10_000) =>
    commandToken({
      ...{ command, withinMs, cwd: '/' },
      env: { PATH: process.env['PATH'] ?? '', ...env },
    })(never);

  it('is run by the shell, with the environment', async () => {
    expect(await run('echo "a-$NAME" | cat', { NAME: 'b' })).toEqual({
      ...{ token: 'a-b', lifeMs: null },
    });
  });

  it.each([
    ['exit 3', 'exit code 3'],
    ['echo no account >&2; exit 1', 'exit code 1, no account'],
    ['printf "first\\nnot allowed\\033[2J\\n" >&2; exit 1', 'exit code 1, not allowed[2J'],
    ['true', 'it printed nothing'],
    ['yes', 'it printed more than a token'],
    ['kill -TERM $$', 'ended by SIGTERM'],
  ])('%s: %s', async (command, why) => {
    expect(await run(command)).toBe(`the command of --bearer-command failed: ${why}`);
  });

  it('is ended with all that it started when it takes too long', async () => {
    expect(await run('sleep 60 | cat; echo late', {}, 100)).toBe(
      'the command of --bearer-command failed: nothing within 0.1 s',
    );
  });

  it('does not tell secrets when it fails', async () => {
    const secrets = { API_SECRET: 's3cret!', OTHER: 'plain' };
    const told = await run(
      'echo "$OTHER $API_SECRET eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAi" >&2; exit 1',
      secrets,
    );
    expect(told).toBe('the command of --bearer-command failed: exit code 1, plain *** ***');
  });
});

describe('a token endpoint', () => {
  interface Asked {
    readonly authorization: string | undefined;
    readonly form: Record<string, string>;
  }

  async function start(answer: (asked: Asked) => readonly [number, unknown]) {
    const asked: Asked[] = [];
    const answered = async (request: IncomingMessage, response: ServerResponse) => {
      const form = Object.fromEntries(new URLSearchParams(await text(request)));
      const one = { authorization: request.headers.authorization, form };
      asked.push(one);
      const [status, body] = answer(one);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const server = createServer((request, response) => void answered(request, response)).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const dispatcher = new Agent();
    onTestFinished(async () => {
      await dispatcher.destroy();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const get = oauth2Token({
      ...{ url, clientId: 'shop:id', clientSecret: 's3 cret', dispatcher },
      ...{ scope: 'orders write', audience: null },
    });
    return { asked, get: () => get(never), server };
  }

  const token = (n: number) => ({ access_token: `t${n}`, expires_in: 60 });

  it('is shown id and secret by HTTP Basic', async () => {
    const { asked, get } = await start(() => [200, token(1)]);
    expect(await get()).toEqual({ token: 't1', lifeMs: 60_000 });
    expect(asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('shop%3Aid:s3+cret').toString('base64')}`,
        form: { grant_type: 'client_credentials', scope: 'orders write' },
      },
    ]);
  });

  it('is shown them in the body where it refuses that, and then at once', async () => {
    const { asked, get } = await start(({ form }) =>
      form['client_secret'] === 's3 cret' && form['client_id'] === 'shop:id'
        ? [200, token(1)]
        : [401, { error: 'invalid_client' }],
    );
    expect(await get()).toMatchObject({ token: 't1' });
    expect(await get()).toMatchObject({ token: 't1' });
    expect(asked.map(({ authorization }) => authorization !== undefined)).toEqual([
      ...[true, false, false],
    ]);
  });

  it.each([
    [
      401,
      { error: 'invalid_client', error_description: 's3 cret' },
      'answered 401 (invalid_client)',
    ],
    [400, { error: 'invalid_scope' }, 'answered 400 (invalid_scope)'],
    [302, '', 'answered 302'],
    [503, '<html>s3 cret', 'answered 503'],
    [200, '<html>s3 cret', 'answered something other than JSON'],
    [200, {}, 'answered JSON without an access_token'],
  ])('that says %d %j is no token, in a few words', async (status, body, words) => {
    const { get } = await start(() => [status, body]);
    expect(await get()).toBe(`--oauth2-token-url ${words}`);
  });

  it('that is not there is told of', async () => {
    const { get, server } = await start(() => [200, '']);
    server.close();
    await once(server, 'close');
    expect(await get()).toBe('--oauth2-token-url did not respond (ECONNREFUSED)');
  });
});
