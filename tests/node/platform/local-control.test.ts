import { expect, it } from 'vitest';
import { createLocalControl } from '../../../lib/node/platform/local-control.ts';

it('starts the local order API anew with all that was set, and gives its URL', async () => {
  const starts: (readonly string[])[] = [];
  const control = createLocalControl({
    args: ['--port', '0'],
    restart: (args) => {
      starts.push(args);
      return Promise.resolve(`http://127.0.0.1:${starts.length}`);
    },
  });
  expect(await control.apply({ memoryMb: 512, reservedConcurrency: 5 })).toBe('http://127.0.0.1:1');
  expect(await control.apply({ reservedConcurrency: null, batchSize: 25 })).toBe(
    'http://127.0.0.1:2',
  );
  expect(starts).toEqual([
    ['--port', '0', '--memory=512', '--reserved-concurrency=5'],
    ['--port', '0', '--memory=512', '--batch-size=25'],
  ]);
});
