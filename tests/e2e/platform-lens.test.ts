import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRecordingServer } from './support/recording-server.ts';
import { runLoad, small, temporaryFolder } from './support/run-load.ts';

async function deployment(options: Record<string, unknown>): Promise<string> {
  const file = join(await temporaryFolder(), 'deployment.json');
  await writeFile(file, JSON.stringify({ description: 'for a test', options }));
  return file;
}

describe('the lens', () => {
  it.each([
    ['cold starts of a burst', { 'init-ms': 200, 'io-ms': 100 }],
    ['throttles of a tight limit', { 'reserved-concurrency': 3, 'io-ms': 100 }],
  ])('shows that client and platform counted the same %s', async (_, options) => {
    const file = await deployment(options);
    const run = await runLoad([
      ...['spike', '--rate', '60', '--duration', '4s', '--store', 'memory', '--no-abort'],
      ...['--deployment', file],
    ]);
    const { lambda, requests, windows } = await run.report();
    expect(requests.unresolved + requests.outcomes.timeout).toBe(0);
    const { platform } = lambda;
    expect(platform?.problem).toBeNull();
    expect(platform?.agreement).toEqual([
      {
        what: 'coldStarts',
        client: lambda.coldStarts.value,
        platform: platform?.function.coldStarts.value,
        agree: true,
        note: expect.stringMatching(/^cold starts: client (\d+), platform \1$/),
      },
      {
        what: 'throttles',
        client: requests.outcomes.throttled,
        platform: platform?.function.throttles.value,
        agree: true,
        note: expect.stringMatching(/^throttles: client (\d+), platform \1$/),
      },
    ]);
    expect(lambda.coldStarts.value).toBeGreaterThan(1);
    const isTight = 'reserved-concurrency' in options;
    if (isTight) {
      expect(requests.outcomes.throttled).toBeGreaterThan(10);
      expect(platform?.function.throttlesByReason).toEqual({
        ReservedFunctionConcurrentInvocationLimitExceeded: requests.outcomes.throttled,
      });
      expect(platform?.function.peakConcurrency.value).toBe(3);
    }
    expect(platform?.function.invocations.value).toBe(requests.total - requests.outcomes.throttled);
    expect(platform?.storedOrders.value).toBe(requests.outcomes.created);
    const inWindows = windows.reduce((sum, w) => sum + (w.platform?.throttles ?? 0), 0);
    expect(inWindows).toBe(requests.outcomes.throttled);
    const peaks = windows.map((window) => window.platform?.concurrency ?? 0);
    expect(Math.max(...peaks)).toBe(platform?.function.peakConcurrency.value);
    expect(run.stdout).toMatch(/platform +cold starts: client \d+, platform \d+/);
  });

  it('that fails gives absent figures and says why, and the run passes', async () => {
    const server = await startRecordingServer();
    const run = await runLoad([...small(server.url), '--lens', 'local']);
    expect(run.exitCode).toBe(0);
    const { lambda } = await run.report();
    expect(lambda.platform).toMatchObject({
      lens: 'local',
      problem: expect.stringContaining('/__truth'),
      function: { coldStarts: { value: null, source: 'absent' } },
      agreement: [{ agree: null }, { client: 0, platform: null, agree: null }],
    });
  });

  it('of AWS that cannot be reached fails nothing either', async () => {
    const server = await startRecordingServer();
    const env = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'canary-secret',
    };
    const flags = ['--lens', 'aws', '--function', 'orders', '--region', 'eu-west-1'];
    const run = await runLoad([...small(server.url), ...flags], { env });
    expect(run.exitCode).toBe(0);
    const { platform } = (await run.report()).lambda;
    expect(platform).toMatchObject({ lens: 'aws', problem: expect.stringMatching(/ECONNREFUSED/) });
    expect(JSON.stringify(platform) + run.stdout + run.stderr).not.toContain('canary-secret');
  });

  it('of AWS wants to know its functions', async () => {
    const run = await runLoad(['steady', '--lens', 'aws'], { out: null });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /E_LENS_FUNCTION\]: --lens: no Lambda function is named; name them with --function/,
    );
  });

  it("is not put up before a target of the user's own, unless asked", async () => {
    const server = await startRecordingServer();
    const run = await runLoad(small(server.url));
    expect((await run.report()).lambda.platform).toBeUndefined();
    expect(server.gets.filter(({ url }) => url.includes('truth'))).toEqual([]);
  });
});
