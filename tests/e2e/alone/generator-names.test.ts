import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { forkInside, NEEDS_NAMESPACE, openNamespace, startInside } from '../support/namespace.ts';
import type { OrderServerPlan } from '../support/order-server.ts';

/** Every order looks its target's name up, because its connection is closed after it. */
const SERVER: OrderServerPlan = { answers: ['created'], delaysMs: [2], closes: true, backlog: 1 };
/** k6 keeps what it was told for five seconds. */
const LOAD = 'steady --rate 50 --duration 9s --timeout 2s --no-abort --allow-host orders.test';

/** A machine with /etc files of its own, whose name server is at 127.0.0.1; null where none can be made. */
async function openMachine(context: TestContext, hosts: string) {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-names-'));
  context.onTestFinished(() => rm(folder, { recursive: true }));
  const files = { 'resolv.conf': 'nameserver 127.0.0.1\n', hosts: `127.0.0.1 localhost\n${hosts}` };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return openNamespace(
    context,
    Object.keys(files).map((name) => `mount --bind ${join(folder, name)} /etc/${name}`),
  );
}

describe.concurrent('a name server that dies in mid-run', () => {
  it.for([
    { how: 'closes its port', message: 'close' },
    { how: 'falls silent', message: 'silence' },
  ])('and $how makes the run INVALID', async ({ message }, context) => {
    const machine = await openMachine(context, '');
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    const names = await forkInside(machine, context, 'name-server.ts');
    const { server, load } = await startInside(machine, context, SERVER, LOAD, 'orders.test');
    await server.sawOrders(100);
    names.send(message);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^\? INVALID /);
    expect(stdout).toMatch(
      / could not be sent, because the name server did not resolve the target's name: .*\.\n(.*\n)*Next {2}Repair the name server/,
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

/** To k6 this looks the same as a name server that is silent: a timeout before anything was sent. */
describe.concurrent('a target that takes no connection any more', () => {
  it.for([
    { what: 'by the name server', hosts: '', hasNameServer: true },
    {
      what: 'by /etc/hosts, without a name server',
      hosts: '127.0.0.1 orders.test\n',
      hasNameServer: false,
    },
  ])('is to blame where its name is known $what', async ({ hosts, hasNameServer }, context) => {
    const machine = await openMachine(context, hosts);
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    if (hasNameServer) await forkInside(machine, context, 'name-server.ts');
    const { server, load } = await startInside(machine, context, SERVER, LOAD, 'orders.test');
    await server.sawOrders(100);
    server.freeze();
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^✕ FAIL {2}Success was .* timed out/);
    expect(exitCode).toBe(1);
    const { requests, generator } = await load.report();
    expect(requests).toMatchObject({ offered: 450, dropped: 0 });
    expect(requests.outcomes.timeout).toBeGreaterThan(300);
    expect(generator.notSent).toEqual([]);
  });
});
