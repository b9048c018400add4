import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isAlive, runOrderApi, spawnOrderApi, startOrderApi } from './order-api-process.ts';

const TWO = ['--deployment', 'naive-128', '--deployment', 'tuned-1024'];
const ORDER = { orderId: 'a', customerId: 'c', productId: 'p', quantity: 1, price: 1 };

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

async function startTwo(...flags: string[]) {
  const child = spawnOrderApi([...TWO, ...flags]);
  running.push(child);
  const exit = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const lines: string[] = [];
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (l) => lines.push(l));
  await vi.waitFor(() => expect(lines).toHaveLength(2), 20_000);
  const urls = lines.map((line) => line.split(' ')[2] ?? '');
  return { child, lines, urls, exit, stderr: () => stderr };
}

/** The processes of the deployments, without their stores. */
function apisOf({ pid }: ChildProcess): number[] {
  const rows = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return rows.split('\n').flatMap((row) => {
    const [child, parent, ...args] = row.trim().split(/\s+/);
    return Number(parent) === pid && args.join(' ').includes('--deployment-number')
      ? [Number(child)]
      : [];
  });
}

const expectGone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter((pid) => isAlive(pid))).toEqual([]), 10_000);

describe('two deployments', () => {
  it('stand side by side, each with its own orders, until one Ctrl-C', async () => {
    const { child, lines, urls, exit, stderr } = await startTwo('--store', 'memory');
    expect(lines).toEqual([
      expect.stringMatching(/^ready naive-128 http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^ready tuned-1024 http:\/\/127\.0\.0\.1:\d+$/),
    ]);
    const [naive = '', tuned = ''] = urls;
    const post = async (url: string) => {
      const response = await fetch(`${url}/orders`, {
        method: 'POST',
        body: JSON.stringify(ORDER),
      });
      return response.status;
    };
    // A retry is an error to the naive handler, and a success to the other.
    expect([await post(naive), await post(naive)]).toEqual([200, 500]);
    expect([await post(tuned), await post(tuned)]).toEqual([200, 200]);
    const apis = apisOf(child);
    expect(apis).toHaveLength(2);
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    expect(apis.filter((pid) => isAlive(pid))).toEqual([]);
    expect(stderr()).toBe('');
  }, 60_000);

  it('leave nothing behind when the command is killed', async () => {
    const { child } = await startTwo('--store', 'memory');
    const apis = apisOf(child);
    expect(apis).toHaveLength(2);
    child.kill('SIGKILL');
    await expectGone(apis);
  }, 60_000);

  it('end together when one of them does', async () => {
    const { child, exit, stderr } = await startTwo('--store', 'memory');
    const [first = 0, second = 0] = apisOf(child);
    process.kill(second, 'SIGKILL');
    expect(await exit).toBe(4);
    expect(stderr()).toMatch(
      /^error \[E_DEPLOYMENT_ENDED\]: tuned-1024 ended \(SIGKILL\), so all .+\n$/,
    );
    await expectGone([first]);
  }, 60_000);

  it('do not start where one of them cannot: one line says why', async () => {
    const other = await startOrderApi(['--store', 'memory']);
    running.push(other.child);
    const taken = Number(new URL(other.url).port);
    const { code, stdout, stderr } = await runOrderApi([
      ...TWO,
      ...['--store', 'memory', '--port', String(taken - 1)],
    ]);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^error \[E_DEPLOYMENT_ENDED\]: .+ ended \(port \d+ is taken.+\n$/);
  }, 60_000);
});
