import { describe, expect, it, type TestContext } from 'vitest';
import { forkInside, NEEDS_NAMESPACE, openNamespace, startInside } from '../support/namespace.ts';
import type { OrderServerPlan } from '../support/order-server.ts';

/** 300 orders are in flight at 100 a second. */
const SLOW: OrderServerPlan = { answers: ['created'], delaysMs: [3000] };
const LOAD = 'steady --rate 100 --duration 8s';

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';

/** A machine that has 200 local ports, which are room for 168 orders; null where none can be made. */
function openSmallMachine(context: TestContext) {
  return openNamespace(context, [`echo 40000 40199 > ${RANGE}`]);
}

describe.concurrent('local ports that are too few', () => {
  it('for the load at its SLO end the run before anything is sent', async (context) => {
    const machine = await openSmallMachine(context);
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    const args = `${LOAD} --slo-p95 4s --timeout 5s`;
    const { server, load } = await startInside(machine, context, SLOW, args);
    const { exitCode, stdout, stderr } = await load.done;
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error \[E_MACHINE_LIMIT\]: .*200 local ports.*room for 168 orders.*ip_local_port_range=.*\n$/,
    );
    expect(exitCode).toBe(4);
    expect(await server.log()).toEqual({ orders: [], others: [] });
  });

  it('for what the target holds make the run INVALID', async (context) => {
    const machine = await openSmallMachine(context);
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    const args = `${LOAD} --slo-p95 4s --max-in-flight 100`;
    const { server, load } = await startInside(machine, context, SLOW, args);
    const { exitCode, stdout } = await load.done;
    expect(exitCode).toBe(3);
    const { requests, generator } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(generator.notSent).toEqual([{ why: 'inFlight', orders: requests.dropped }]);
    // A higher ceiling alone would be refused.
    expect(stdout).toMatch(/^\? INVALID /);
    expect(stdout).toContain('ip_local_port_range');
  });

  it('because another program holds them make the run INVALID', async (context) => {
    const machine = await openSmallMachine(context);
    if (machine === null) return context.skip(NEEDS_NAMESPACE);
    await forkInside(machine, context, 'port-holder.ts', ['40050', '40199']);
    const args = `${LOAD} --slo-p95 4s --max-in-flight 160`;
    const { server, load } = await startInside(machine, context, SLOW, args);
    const { exitCode, stdout } = await load.done;
    expect(stdout).toMatch(/^\? INVALID /);
    expect(stdout).toMatch(
      /because this machine had no local port left for a connection: .*\n(.*\n)*Next .*ip_local_port_range=/,
    );
    expect(exitCode).toBe(3);
    const { requests, generator } = await load.report();
    expect(requests.total).toBe((await server.log()).orders.length);
    expect(requests.outcomes.created).toBe(requests.total);
    expect(generator.notSent).toEqual([{ why: 'ports', orders: requests.dropped }]);
    expect(requests.offered).toBe(800);
  });
});
