import { describe, expect, it } from 'vitest';
import { contractChecks, contractIdPrefix } from '../../../lib/core/order/contract-checks.ts';
import { CONTRACT_ROWS, type ContractRow } from '../../../lib/core/order/contract-terms.ts';
import {
  type ContractAnswer,
  judgeContract,
  MAX_GOT_LENGTH,
} from '../../../lib/core/order/judge-contract.ts';
import { DEFAULT_ORDER_MAPPING, type OrderMapping } from '../../../lib/core/order/order-mapping.ts';

const STORED = '"Order created successfully"';
const source = (mapping = DEFAULT_ORDER_MAPPING) => ({ run: 'r1', seed: 7, mapping });

function check(row: ContractRow, mapping = DEFAULT_ORDER_MAPPING) {
  const found = contractChecks(source(mapping), 0).find((one) => one.row === row);
  if (found === undefined) throw new Error(`no check of ${row}`);
  return found;
}

function answer(status: number, body = '', more: Partial<ContractAnswer> = {}): ContractAnswer {
  return {
    status,
    body,
    contentType: 'application/json',
    orderResult: undefined,
    error: '',
    ...more,
  };
}

function verdict(
  row: ContractRow,
  given: ContractAnswer,
  { mapping = DEFAULT_ORDER_MAPPING, handlerTells = false } = {},
): string | undefined {
  const asked = row === 'contentType' ? 'newOrder' : row;
  const results = judgeContract(check(asked, mapping), given, mapping, handlerTells);
  return results.find((result) => result.row === row)?.verdict;
}

const mapped = (changes: Partial<OrderMapping>): OrderMapping => ({
  ...DEFAULT_ORDER_MAPPING,
  ...changes,
});

const read = (changes: object = {}) =>
  JSON.stringify({ ...check('readOrder').order, storedAt: 1, ...changes });

describe('judgeContract', () => {
  it.each<[ContractRow, ContractAnswer, string]>([
    ['newOrder', answer(200, STORED), 'ok'],
    ['newOrder', answer(201, STORED), 'ok'],
    ['newOrder', answer(202, STORED), 'broken'],
    ['newOrder', answer(200, 'Order created successfully'), 'broken'],
    ['newOrder', answer(0), 'broken'],
    ['contentType', answer(200, STORED, { contentType: 'Application/JSON; charset=utf-8' }), 'ok'],
    ['contentType', answer(200, STORED, { contentType: 'text/plain' }), 'broken'],
    ['contentType', answer(200, STORED, { contentType: 'application/jsonp' }), 'broken'],
    ['contentType', answer(200, STORED, { contentType: undefined }), 'broken'],
    ['contentType', answer(0), 'broken'],
    ['retry', answer(200, STORED), 'ok'],
    ['retry', answer(500, '"Internal Server Error"'), 'broken'],
    ['retry', answer(409, '"Conflict"'), 'broken'],
    ['conflict', answer(409), 'ok'],
    ['conflict', answer(200, STORED), 'broken'],
    ['malformed', answer(400, '"Bad Request"'), 'ok'],
    ['malformed', answer(400, 'Bad Request'), 'broken'],
    ['malformed', answer(422, '"Bad Request"'), 'broken'],
    ['readOrder', answer(200, read()), 'ok'],
    ['readOrder', answer(200, read({ storedAt: '2026-01-01T00:00:00Z' })), 'ok'],
    ['readOrder', answer(200, read({ storedAt: undefined })), 'broken'],
    ['readOrder', answer(200, read({ quantity: '2' })), 'broken'],
    ['readOrder', answer(200, 'null'), 'broken'],
    ['readOrder', answer(200, '<html>'), 'broken'],
    ['readOrder', answer(404), 'broken'],
    ['readUnknown', answer(404), 'ok'],
    ['readUnknown', answer(200, 'null'), 'broken'],
    ['queueOrder', answer(202), 'ok'],
    ['queueOrder', answer(200, STORED), 'broken'],
    ['queueOrder', answer(500), 'broken'],
    ['queueOrder', answer(404), 'notOffered'],
    ['queueOrder', answer(403, '{"message":"Missing Authentication Token"}'), 'notOffered'],
  ])('%s: %j is %s', (row, given, expected) => {
    expect(verdict(row, given)).toBe(expected);
  });

  it('wants x-order-result on a retry only from a handler that set it before', () => {
    const created = answer(200, STORED, { orderResult: 'created' });
    const duplicate = answer(200, STORED, { orderResult: 'duplicate' });
    expect(verdict('retry', created, { handlerTells: true })).toBe('broken');
    expect(verdict('retry', answer(200, STORED), { handlerTells: true })).toBe('broken');
    expect(verdict('retry', duplicate, { handlerTells: true })).toBe('ok');
    expect(verdict('retry', created)).toBe('ok');
  });

  it('names what answers a retry with 500', () => {
    const [result] = judgeContract(check('retry'), answer(500, 'x'), DEFAULT_ORDER_MAPPING, false);
    expect(result?.got).toBe('500, x (the unoptimised handler answers a retry like this)');
  });

  it('judges by the mapping where it says something', () => {
    const own = mapped({ successStatuses: [202], successBody: null });
    expect(verdict('newOrder', answer(202, 'queued'), { mapping: own })).toBe('ok');
    expect(verdict('newOrder', answer(200, STORED), { mapping: own })).toBe('broken');
    expect(verdict('contentType', answer(202, 'x'), { mapping: own })).toBe('notApplicable');
    expect(verdict('malformed', answer(400, 'whatever'), { mapping: own })).toBe('ok');
    expect(verdict('malformed', answer(202, 'queued'), { mapping: own })).toBe('broken');
  });

  it('does not judge reading where the mapping says only where orders are created', () => {
    const own = mapped({ createPath: '/checkout' });
    expect(verdict('readOrder', answer(404), { mapping: own })).toBe('notApplicable');
    expect(verdict('readOrder', answer(200, read()), { mapping: own })).toBe('ok');
    const both = mapped({ createPath: '/checkout', readPath: '/checkout/{orderId}' });
    expect(verdict('readOrder', answer(404), { mapping: both })).toBe('broken');
  });

  it('takes a queue for promised where the mapping names its path', () => {
    const own = mapped({ enqueuePath: '/queue', enqueuedStatuses: [201] });
    expect(verdict('queueOrder', answer(404), { mapping: own })).toBe('broken');
    expect(verdict('queueOrder', answer(201), { mapping: own })).toBe('ok');
    expect(verdict('queueOrder', answer(202), { mapping: own })).toBe('broken');
    expect(check('queueOrder', own).path).toBe('/queue');
  });

  it('reads orders by the names of the mapping', () => {
    const fields = { ...DEFAULT_ORDER_MAPPING.fields, orderId: 'id', price: 'cents' };
    const mapping = mapped({ fields });
    const { orderId, price, ...rest } = check('readOrder', mapping).order;
    const body = { ...rest, id: orderId, cents: price };
    expect(verdict('readOrder', answer(200, JSON.stringify(body)), { mapping })).toBe('ok');
    expect(verdict('readOrder', answer(200, read()), { mapping })).toBe('broken');
  });

  it.each([...CONTRACT_ROWS].filter((row) => row !== 'contentType'))(
    '%s keeps a huge and hostile answer bounded',
    (row) => {
      const hostile = answer(418, `\u001b[2J${'x'.repeat(1e6)}`, {
        contentType: 'y'.repeat(1e6),
        orderResult: 'z'.repeat(1e6),
      });
      const silent = answer(0, '', { error: 'e'.repeat(1e6) });
      const stored = { ...hostile, status: 200, body: STORED };
      const wrong = { ...hostile, status: 500 };
      for (const given of [hostile, silent, stored, wrong]) {
        for (const { got } of judgeContract(check(row), given, DEFAULT_ORDER_MAPPING, true)) {
          expect(got.length).toBeLessThanOrEqual(MAX_GOT_LENGTH);
        }
      }
    },
  );
});

describe('contractChecks', () => {
  it('checks every row, a retry by the very same bytes', () => {
    const checks = contractChecks(source(), 5);
    const rows = new Set(checks.map(({ row }) => row));
    expect([...CONTRACT_ROWS].filter((row) => !rows.has(row))).toEqual(['contentType']);
    expect(checks[1]?.body).toBe(checks[0]?.body);
    expect(checks[2]?.body).not.toBe(checks[0]?.body);
    expect(checks[2]?.order.orderId).toBe(checks[0]?.order.orderId);
  });

  it('marks every id that it may store as test data of the run', () => {
    const ids = contractChecks(source(), 0).flatMap(({ body }) =>
      [...(body ?? '').matchAll(/"orderId":"([^"]*)"/g)].map(([, id]) => id),
    );
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id) => !id?.startsWith(contractIdPrefix('r1')))).toEqual([]);
  });
});
