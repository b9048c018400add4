import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OrderApiProcess, startOrderApi } from '../order-api-process.ts';

const FAST = [
  '--die-with-parent',
  '--store',
  'memory',
  '--io-ms',
  '0',
  '--work-ms',
  '0',
  '--init-ms',
  '1',
];
const FUNCTION = '/__control/functions/create-order';
const JSON_TYPE = { 'content-type': 'application/json' };

let api: OrderApiProcess;

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` sets Host and Origin itself. */
function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; json: unknown; headers: object }>((resolve, reject) => {
    const sent = request(`${api.url}${path}`, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          json: JSON.parse(text),
          headers: response.headers,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const put = (body: string, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  send(FUNCTION, { method: 'PUT', headers, body });
const memoryOf = async () =>
  ((await send(FUNCTION)).json as { readonly memoryMb: number }).memoryMb;

async function stop({ child, exited }: OrderApiProcess) {
  child.kill('SIGKILL');
  await exited();
}

describe('the control', () => {
  beforeAll(async () => {
    api = await startOrderApi(['--control', ...FAST]);
  });

  afterAll(() => stop(api));

  it.each<[string, Sent, number, RegExp]>([
    [
      'a page of another origin',
      { headers: { ...JSON_TYPE, origin: 'http://evil.example' } },
      403,
      /page of http/,
    ],
    [
      'a page of another local port',
      { headers: { ...JSON_TYPE, origin: 'http://127.0.0.1:1' } },
      403,
      /page of http/,
    ],
    ['a sandboxed page', { headers: { ...JSON_TYPE, origin: 'null' } }, 403, /page of null/],
    [
      'a name that points here',
      { headers: { ...JSON_TYPE, host: 'evil.example' } },
      403,
      /host evil.example/,
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      /application\/json/,
    ],
    ['text', { headers: { 'content-type': 'text/plain' } }, 415, /application\/json/],
    ['no type', { headers: {} }, 415, /application\/json/],
    ['DELETE', { method: 'DELETE', body: '' }, 405, /DELETE/],
    ['what is not JSON', { headers: JSON_TYPE, body: '{' }, 400, /not JSON/],
    ['what is no object', { headers: JSON_TYPE, body: '5' }, 400, /expected object/],
    ['an unknown setting', { headers: JSON_TYPE, body: '{"memory":512}' }, 400, /"memory"/],
    ['more than 6 MB', { headers: JSON_TYPE, body: ' '.repeat(6 * 2 ** 20 + 1) }, 413, /6 MB/],
  ])('refuses %s, and changes nothing', async (_, sent, status, message) => {
    const answer = await send(FUNCTION, { method: 'PUT', body: '{"memoryMb":512}', ...sent });
    expect(answer).toMatchObject({ status, json: { error: expect.stringMatching(message) } });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(await memoryOf()).toBe(1024);
  });

  it('is open to its own origin, under any name of the loopback', async () => {
    const { port } = new URL(api.url);
    const headers = { ...JSON_TYPE, host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect(await put('{"memoryMb":256}', headers)).toMatchObject({ status: 200 });
    expect(await put('{"memoryMb":1024}')).toMatchObject({ status: 200 });
  });

  it('names what there is where a name is wrong', async () => {
    expect(await send('/__control/functions/orders')).toMatchObject({
      status: 404,
      json: { error: 'there is no function orders: choose create-order, get-order' },
    });
    expect(await send('/__control/mappings/write-orders')).toMatchObject({
      status: 404,
      json: { error: expect.stringContaining('--queue') },
    });
    expect(await send('/__control/nothing')).toMatchObject({ status: 404 });
    expect(await send('/__controlled')).toMatchObject({
      status: 404,
      json: { message: 'Not Found' },
    });
  });

  it('calls a function directly, in the account and past the gateway', async () => {
    const before = await api.truth();
    const call = (body = '{}') =>
      send(`${FUNCTION}/invocations`, { method: 'POST', headers: JSON_TYPE, body });
    expect(await call()).toMatchObject({
      status: 200,
      json: { kind: 'answered', problem: null, reportLine: expect.stringContaining('1024 MB') },
    });
    expect(await call('null')).toMatchObject({
      json: {
        kind: 'failed',
        payload: expect.stringContaining('"errorType":"TypeError"'),
        problem: expect.stringMatching(/./),
        reportLine: expect.stringMatching(/^REPORT/),
      },
    });
    await put('{"reservedConcurrency":0}');
    expect(await call()).toMatchObject({
      json: {
        kind: 'throttled',
        reportLine: null,
        problem: expect.stringContaining('ReservedFunctionConcurrentInvocationLimitExceeded'),
      },
    });
    await put('{"reservedConcurrency":null}');
    const after = await api.truth();
    expect(after.requests).toBe(before.requests);
    expect(after.invocations - before.invocations).toBe(2);
    expect(after.throttles - before.throttles).toBe(1);
  });
});

describe('without --control', () => {
  it('is a path like any other that is not there', async () => {
    api = await startOrderApi(FAST);
    const paths = ['/__control', '/__control/functions/create-order'];
    const answers = await Promise.all(paths.map((path) => send(path)));
    await stop(api);
    expect(answers).toMatchObject([
      { status: 404, json: { message: 'Not Found' } },
      { status: 404, json: { message: 'Not Found' } },
    ]);
  });
});
