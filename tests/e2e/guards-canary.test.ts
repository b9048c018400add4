import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it } from 'vitest';
import { commandLines } from './support/processes.ts';
import { type SeenRequest, startRecordingServer } from './support/recording-server.ts';
import {
  K6,
  type LoadRun,
  outputOf,
  ROOT,
  runLoad,
  small,
  temporaryFolder,
} from './support/run-load.ts';

/** Such a text is nowhere by chance; the signs are those that logs escape. */
const CANARY = 'c4n4ry "tw33t"/<&>+%7=';
/** In whatever way it was escaped. */
const TRACE = /c4n4ry|tw33t|YzRuNHJ5/i;

/** Answers an order with everything that came with it, failing in turn. */
async function startEchoServer() {
  const statuses = [200, 400, 500, 403];
  let next = 0;
  return startRecordingServer(({ headers, body }, response) => {
    const status = statuses[next++ % statuses.length] as number;
    const echoed = Object.entries(headers).map(([name, value]) => [
      `x-echo-${name}`,
      String(value),
    ]);
    response.writeHead(status, {
      ...Object.fromEntries(echoed),
      'server-timing': String(headers['x-test']),
    });
    response.end(
      status === 200 ? '"Order created successfully"' : JSON.stringify({ headers, body }),
    );
  });
}

/** Runs the command while all command lines of the machine are watched. */
async function runWatched(args: readonly string[], env: Record<string, string>) {
  const seen = new Set<string>();
  const sampling = setInterval(() => {
    for (const line of commandLines()) seen.add(line);
  }, 100);
  const run = await runLoad(args, { env });
  clearInterval(sampling);
  return { run, commandLines: [...seen] };
}

async function readAll(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
}

async function expectNoTrace(run: LoadRun, lines: readonly string[]): Promise<void> {
  const outputs = [
    run.stdout,
    run.stderr,
    ...lines,
    ...(await readAll(run.out)),
    ...(await readAll(run.cwd)),
  ];
  for (const output of outputs) expect(output).not.toMatch(TRACE);
  // What was looked through is what there is to look through.
  expect(lines.some((line) => line.includes('k6 run --config'))).toBe(true);
  expect(await readdir(run.out)).toEqual(
    expect.arrayContaining(['k6.log', 'report.json', 'summary.txt']),
  );
}

const valuesOf = (requests: readonly SeenRequest[], name: string) => [
  ...new Set(requests.map(({ headers }) => headers[name])),
];

it('sends headers and an API key, and tells nobody', async () => {
  const server = await startEchoServer();
  const flags = ['--header', 'x-test=env:CANARY', '--api-key-env', 'KEY', '--no-abort'];
  const { run, commandLines } = await runWatched(small(server.url, ...flags), {
    CANARY,
    KEY: `${CANARY}-key`,
  });
  expect(valuesOf(server.orders, 'x-test')).toEqual([CANARY]);
  expect(valuesOf(server.orders, 'x-api-key')).toEqual([`${CANARY}-key`]);
  expect(server.orders.length).toBeGreaterThanOrEqual(40);
  // The preflight goes to a target that may be the wrong one.
  expect(valuesOf(server.gets, 'x-test')).toEqual([undefined]);
  expect(run.exitCode).toBe(1);
  await expectNoTrace(run, commandLines);
});

it('sends a bearer token for a scenario that throws and logs it, and tells nobody', async () => {
  const server = await startEchoServer();
  const file = join(await temporaryFolder(), 'leaky.ts');
  await writeFile(
    file,
    `import http from 'k6/http';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderIteration } from 'order-load/k6/order-iteration.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';
const plan = loadPlanFromEnv('leaky');
export const options = { ...scenarioOptions(plan), httpDebug: 'full' };
const placeOrder = orderIteration(plan);
export default function () {
  placeOrder();
  const secret = 'Bearer ' + __ENV.TOKEN;
  const answer = http.get(plan.target, { headers: { authorization: secret } });
  console.log(secret);
  console.error(JSON.stringify({ nested: JSON.stringify(answer.headers), secret }));
  console.warn(answer.body, encodeURIComponent(secret));
  http.get('http://127.0.0.1:1/?token=' + encodeURIComponent(secret));
  throw new Error('cannot use ' + secret);
}
`,
  );
  const flags = [
    '--target',
    server.url,
    '--rate',
    '10',
    '--duration',
    '1s',
    '--bearer-env',
    'TOKEN',
  ];
  const { run, commandLines } = await runWatched(['--scenario', file, ...flags], { TOKEN: CANARY });
  expect(valuesOf(server.orders, 'authorization')).toEqual([`Bearer ${CANARY}`]);
  expect(await readFile(join(run.out, 'k6.log'), 'utf8')).toContain('cannot use Bearer ***');
  await expectNoTrace(run, commandLines);
});

it('keeps a secret in the error of a scenario that k6 refuses', async () => {
  const server = await startRecordingServer();
  const file = join(await temporaryFolder(), 'refused.ts');
  await writeFile(
    file,
    "throw new Error('cannot begin with ' + __ENV.TOKEN);\nexport default () => {};\n",
  );
  const flags = ['--target', server.url, '--bearer-env', 'TOKEN'];
  const run = await runLoad(['--scenario', file, ...flags], { env: { TOKEN: CANARY }, out: null });
  expect(run.stderr).toMatch(
    /^error \[E_SCENARIO\]: .*cannot begin with \*\*\*.*refused\.ts:1:\d+.*\n$/m,
  );
  expect(run.stderr).not.toMatch(TRACE);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(await run.leftBehind()).toEqual([]);
});

class Sha256 {
  private readonly hash;
  constructor(secret?: Parameters<typeof createHmac>[1]) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: string | Uint8Array) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

it('signs by SigV4 as the AWS SDK would, and tells nobody', async () => {
  const server = await startEchoServer();
  const credentials = {
    accessKeyId: 'AKIAC4N4RY',
    secretAccessKey: CANARY,
    sessionToken: 'tw33t+token/==',
  };
  const { run, commandLines } = await runWatched(
    small(`${server.url}/prod`, '--sigv4', 'eu-west-1', '--no-abort'),
    {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    },
  );
  const signer = new SignatureV4({
    credentials,
    region: 'eu-west-1',
    service: 'execute-api',
    sha256: Sha256 as never,
    applyChecksum: false,
  });
  expect(server.orders.length).toBeGreaterThanOrEqual(40);
  for (const { method, url, headers, body } of server.orders) {
    const date = String(headers['x-amz-date']).replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    const { host = '', 'content-type': type = '' } = headers;
    const signed = await signer.sign(
      {
        method,
        path: url,
        protocol: 'http:',
        hostname: host,
        headers: { host, 'content-type': type },
        body,
      },
      { signingDate: new Date(date) },
    );
    expect(headers).toMatchObject(signed.headers);
  }
  await expectNoTrace(run, commandLines);
});

it('has no secret in a bundle, nor in an archive made of it', async () => {
  const folder = await temporaryFolder();
  const build = spawn(process.execPath, ['scripts/start.mjs', 'build', '--out', folder], {
    cwd: ROOT,
    env: { ...process.env, CANARY, LOAD_HEADERS: 'x-test=env:CANARY' },
    stdio: 'pipe',
  });
  expect(await outputOf(build)).toMatchObject({ exitCode: 0 });
  const archive = spawn(K6, ['archive', '-O', 'steady.tar', 'steady.js'], {
    cwd: folder,
    env: { HOME: folder, CANARY, LOAD_HEADERS: 'x-test=env:CANARY' },
    stdio: 'pipe',
  });
  expect(await outputOf(archive)).toMatchObject({ exitCode: 0 });
  expect(await readdir(folder)).toContain('steady.tar');
  for (const text of await readAll(folder)) expect(text).not.toMatch(TRACE);
});

it('wants every secret to be there before anything else', async () => {
  const server = await startRecordingServer();
  const flags = ['--header', 'x-test=env:CANARY', '--sigv4', 'eu-west-1'];
  const run = await runLoad(small(server.url, ...flags), { env: { CANARY: '' }, out: null });
  expect(run.stderr).toMatch(
    /^error \[E_SECRET_MISSING\]: CANARY, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: not set .*\n$/,
  );
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect([...server.orders, ...server.gets]).toEqual([]);
  expect(await run.leftBehind()).toEqual([]);
});

it('never repeats a secret that was typed where its name belongs', async () => {
  for (const flag of ['--header', '--target']) {
    const run = await runLoad(['steady', flag, `x-test=${CANARY}`]);
    expect(run.exitCode).toBe(2);
    expect(run.stdout + run.stderr).not.toMatch(TRACE);
  }
});
