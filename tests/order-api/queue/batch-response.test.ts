import { describe, expect, it } from 'vitest';
import { parseBatchResponse } from '../../../order-api/queue/batch-response.ts';

const IDS = ['m1', 'm2', 'm3'];
const failing = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('parseBatchResponse', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty response', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['no list', { batchItemFailures: undefined }],
  ])('takes %s for success', (_, response) => {
    expect(parseBatchResponse(response, IDS)).toBe('none');
  });

  it('gives the listed messages', () => {
    expect(parseBatchResponse(failing('m2', 'm3', 'm2'), IDS)).toEqual(new Set(['m2', 'm3']));
  });

  it.each([
    ['an empty id', failing('m1', '')],
    ['a null id', failing(null)],
    ['an id that is no string', failing(7)],
    ['the id of no message of the batch', failing('m1', 'm9')],
    ['a wrong key', { batchItemFailures: [{ messageId: 'm1' }] }],
    ['a failure that is no object', { batchItemFailures: ['m1'] }],
    ['a null failure', { batchItemFailures: [null] }],
    ['a list that is none', { batchItemFailures: 'm1' }],
    ['a text', 'done'],
  ])('fails the whole batch for %s', (_, response) => {
    expect(parseBatchResponse(response, IDS)).toBe('all');
  });
});
