import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orderBodies } from '../../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING } from '../../lib/core/order/order-mapping.ts';
import type { OrderApi } from '../core/order/check-contract.ts';
import { OWN_APIS, serverIds } from '../core/order/own-apis.ts';
import { type RecordingServer, startRecordingServer } from './support/recording-server.ts';
import { runLoad, small, temporaryFolder } from './support/run-load.ts';

const EXPRESS = {
  ...{ createPath: '/api/orders', readPath: '/api/orders/{orderId}', idFrom: '$.order.id' },
  body: { customerId: '{{customerId}}', items: [{ sku: '{{productId}}', qty: '{{quantity}}' }] },
  ...{ successStatuses: [201], successBody: null },
  contract: { required: ['$.items'] },
};

/** An API on loopback that answers as a function says. */
function serve(api: OrderApi): Promise<RecordingServer> {
  return startRecordingServer(({ method, url, body }, response) => {
    const { status, body: text, location } = api(method, url, body);
    const headers = { 'content-type': 'application/json', ...(location && { location }) };
    response.writeHead(status, headers).end(text);
  });
}

async function folderWith(order: object, bodies?: string): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'load.config.json'), JSON.stringify({ order }));
  if (bodies !== undefined) await writeFile(join(cwd, 'orders.jsonl'), bodies);
  return cwd;
}

const smoke = (target: string, ...more: readonly string[]) => [
  ...['smoke', '--rate', '2', '--duration', '1s', '--target', target],
  ...more,
];

describe('an API of one’s own', () => {
  it('that makes the ids passes smoke, which reads by them, and says what was not asked', async () => {
    const server = await serve(
      (OWN_APIS['Express, and the API makes the ids'] as () => OrderApi)(),
    );
    const run = await runLoad(smoke(server.url), { cwd: await folderWith(EXPRESS) });
    const { answers, orders } = await run.report();
    expect(run.exitCode).toBe(0);
    expect(answers.contract?.rows.map(({ row, verdict }) => `${row} ${verdict}`)).toEqual([
      ...['newOrder ok', 'contentType notApplicable', 'retry notApplicable'],
      ...['conflict notApplicable', 'malformed ok', 'readOrder ok', 'readUnknown ok'],
      'queueOrder notOffered',
    ]);
    expect(run.stdout).toMatch(/the same order again .* not judged: the API makes the ids/);
    expect(orders).toMatchObject({ idFrom: '$.order.id', body: { template: EXPRESS.body } });
  });

  it('whose contract nobody declared gets it proposed, and passes with it', async () => {
    const server = await serve(serverIds());
    const learned = await runLoad(smoke(server.url, '--learn'));
    expect(learned.exitCode).toBe(1);
    const proposal = /^\{\n[\s\S]*?^\}$/m.exec(learned.stdout)?.[0] ?? '';
    const { order } = JSON.parse(proposal) as { order: object };
    expect(order).toMatchObject({ idFrom: '$.orderId' });
    const run = await runLoad(smoke(server.url), { cwd: await folderWith(order) });
    expect(run.exitCode).toBe(0);
  });

  it('that refuses the credentials breaks no promise, and says so in one line', async () => {
    const server = await serve(() => ({ status: 403, body: '{"message":"Forbidden"}' }));
    const { exitCode, stdout, report } = await runLoad(smoke(server.url));
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(
      /^\? INVALID {2}The contract could not be checked: POST \/orders, a new order, was refused with 403, \{"message":"Forbidden"\}\./,
    );
    expect(stdout).not.toContain('The contract is broken');
    expect((await report()).answers.contract?.requests).toBe(3);
  });

  it('with errors inside of answers with 200 does not pass, though any body will do', async () => {
    let posts = 0;
    const server = await serve(() => {
      posts += 1;
      return posts % 4 === 0
        ? { status: 200, body: '{"data":null,"errors":[{"message":"out of stock"}]}' }
        : { status: 200, body: '{"data":{"createOrder":{"id":"1"}}}' };
    });
    const cwd = await folderWith({ successBody: null });
    const run = await runLoad(small(server.url), { cwd });
    const { requests } = await run.report();
    expect(run.exitCode).toBe(1);
    expect(requests.outcomes).toMatchObject({ created: 30, unexpectedBody: 10 });
  });

  it('gets the bodies of a file in turn, which the report gives again', async () => {
    const server = await serve(() => ({ status: 200, body: '"Order created successfully"\n' }));
    const rows = ['{"ref":"{{orderId}}","n":"{{quantity}}"}', '{ "ref": "fixed",  "n": 1 }'];
    const cwd = await folderWith({ bodies: 'orders.jsonl', idField: '$.ref' }, rows.join('\n'));
    const run = await runLoad(small(server.url), { cwd });
    const report = await run.report();
    expect(run.exitCode).toBe(0);
    const { rows: count = 0, sha256 = '', file = '' } = report.orders.body ?? {};
    expect({ count, file }).toEqual({ count: 2, file: 'orders.jsonl' });
    const mapping = {
      ...DEFAULT_ORDER_MAPPING,
      ...{ bodies: { file, rows: count, ownIds: false, sha256 }, idField: '$.ref' },
    };
    const source = { run: report.run.id, seed: report.run.seed };
    const { write } = orderBodies(source, mapping, rows);
    const sent = server.orders.map(({ body }) => body);
    expect(sent.sort()).toEqual(sent.map((_, i) => write(i, false, 0)).sort());
  });

  it('that makes the ids has queued orders read by them', async () => {
    const stored = new Set<string>();
    const server = await serve((method, url) => {
      const id = url.split('/').at(-1) ?? '';
      if (method === 'GET') {
        const isStored = stored.has(id);
        const order = { id, customerId: 'c', storedAt: Date.now() };
        return isStored ? { status: 200, body: JSON.stringify(order) } : { status: 404, body: '' };
      }
      const made = `q-${stored.size}`;
      stored.add(made);
      return { status: 202, body: JSON.stringify({ id: made }) };
    });
    const order = { idFrom: '$.id', enqueuedBody: null };
    const run = await runLoad(
      ['batch', '--rate', '10', '--duration', '2s', '--drain-wait', '10s', '--target', server.url],
      { cwd: await folderWith(order) },
    );
    const { queue } = await run.report();
    expect(queue?.sample).toMatchObject({ accepted: 20, stored: 20 });
  });
});
