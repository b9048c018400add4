import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { forkInside, NEEDS_NAMESPACE, openNamespace, startInside } from './support/namespace.ts';

/** Every order looks its target's name up, because its connection is closed after it. */
const SERVER = { answers: ['created'], delaysMs: [2], closes: true } as const;
/** k6 keeps what it was told for five seconds. */
const LOAD = 'steady --rate 50 --duration 9s --timeout 2s --allow-host orders.test';

/** A machine whose name server, of the test, is at 127.0.0.1; null where none can be made. */
async function openNamedMachine(context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-names-'));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'resolv.conf');
  await writeFile(file, 'nameserver 127.0.0.1\n');
  return openNamespace(context, [`mount --bind ${file} /etc/resolv.conf`]);
}

describe.concurrent('a name server that dies in mid-run', () => {
  it.for([
    { how: 'closes its port', message: 'close' },
    { how: 'falls silent', message: 'silence' },
  ])('and $how makes the run INVALID', async ({ message }, context) => {
    const machine = await openNamedMachine(context);
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    const names = await forkInside(machine, context, 'name-server.ts');
    const { server, load } = await startInside(machine, context, SERVER, LOAD, 'orders.test');
    await server.sawOrders(100);
    names.send(message);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^INVALID /);
    expect(stdout).toMatch(
      / could not be sent, because the name server did not resolve the target's name: .*\. Mend the name server/,
    );
    expect(exitCode).toBe(3);
    const { requests, generator } = await load.report();
    const { orders } = await server.log();
    expect(requests.total).toBe(orders.length);
    expect(requests.offered).toBe(450);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(generator.notSent).toEqual([{ why: 'nameServer', orders: requests.dropped }]);
  });
});
