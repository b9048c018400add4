import { expect, it } from 'vitest';
import { type BatchRound, batchResult } from '../../../../lib/core/tune/batch/batch-result.ts';
import { cellName } from '../../../../lib/core/tune/cell-name.ts';
import { measuredRound } from './measured-cell.ts';

const CELLS = [
  { batchSize: 1, windowSeconds: 0 },
  { batchSize: 25, windowSeconds: 1 },
];

const [SMALL, LARGE] = CELLS.map(cellName);

function pitfallsOf(rounds: readonly BatchRound[]) {
  const settings = { sloLagP95Ms: null, quietRatePerSecond: 0.2, architecture: 'x86' } as const;
  const { pitfalls } = batchResult(rounds, { cells: CELLS, ...settings });
  return Object.fromEntries(pitfalls.map(({ name, sentence }) => [name, sentence]));
}

/** Batches of one, and of 20 on average. */
const CLEAN = [
  measuredRound('1/0', 1, { invocations: 1000, writeCalls: 1000 }),
  measuredRound('25/1', 1, { invocations: 50, writeCalls: 50, p95: 1000 }),
  measuredRound('25/1', 2, { invocations: 50, writeCalls: 50, p95: 1000, redelivered: 2 }),
];

it('a poison message that comes back alone', () => {
  const pitfalls = pitfallsOf([
    ...CLEAN,
    measuredRound('1/0', 1, { invocations: 1001, redelivered: 1, deadLetters: 1 }, 'poison'),
    measuredRound(
      '25/1',
      1,
      { invocations: 51, redelivered: 2, deadLetters: 1, p95: 1010 },
      'poison',
    ),
  ]);
  expect(pitfalls['A message that never succeeds']).toBe(
    `At ${SMALL}: delivered again once, 1 dead letter, p99 of the lag 120 ms instead of 120 ms, 1,001 invocations for 1,000 orders instead of 1,000. At ${LARGE}: delivered again once, 1 dead letter, p99 of the lag 1.01 s instead of 1 s, 51 invocations for 1,000 orders instead of 50. Only the message itself comes back, at every batch size.`,
  );
});

it.each([
  ['by the deliveries', { redelivered: 21, deadLetters: 1 }],
  ['by the dead letters', { redelivered: 1, deadLetters: 20 }],
])('a poison message that takes its batch along, %s', (_by, counts) => {
  const pitfalls = pitfallsOf([
    ...CLEAN,
    measuredRound('1/0', 1, { redelivered: 1, deadLetters: 1 }, 'poison'),
    measuredRound('25/1', 1, counts, 'poison'),
  ]);
  expect(pitfalls['A message that never succeeds']).toContain(
    'The rest of its batch comes back with it: let the writer report the failed messages alone',
  );
});

it('a poison message whose deliveries nobody counted', () => {
  const uncounted = { redelivered: null, deadLetters: null };
  const sentence = pitfallsOf([...CLEAN, measuredRound('25/1', 1, uncounted, 'poison')])[
    'A message that never succeeds'
  ];
  expect(sentence).toBe(
    `At ${LARGE}: p99 of the lag 120 ms instead of 1 s, 100 invocations for 1,000 orders instead of 50.`,
  );
});

it('the wait on a quiet queue, by window', () => {
  const waits = (p50: number, p95: number) => ({
    accepted: 6,
    lagMs: { count: 6, p50, p95, p99: p95, max: p95 },
  });
  const pitfalls = pitfallsOf([
    ...CLEAN,
    measuredRound('25/1', 1, waits(10_000, 20_000), 'quiet'),
    measuredRound('1/0', 1, waits(20, 30), 'quiet'),
  ]);
  expect(pitfalls['A quiet queue']).toBe(
    `With an order every 5 s, an order waits 20 ms (median), at most 30 ms, at ${SMALL}; 10 s (median), at most 20 s, at ${LARGE}. That is longer than the window, because a poller waits up to 20 s for more messages.`,
  );
  const short = pitfallsOf([...CLEAN, measuredRound('25/1', 1, waits(900, 1100), 'quiet')]);
  expect(short['A quiet queue']).not.toContain('longer than the window');
});

it('write units that batches do not save, and calls that they do', () => {
  expect(pitfallsOf(CLEAN)).toEqual({
    'Write capacity': `An order takes 1 write unit in every cell: batches save calls, not capacity. The calls that write are 1,000 for 1,000 orders at ${SMALL} and 50 for 1,000 orders at ${LARGE}.`,
  });
  expect(pitfallsOf(CLEAN.slice(0, 1))).toEqual({});
});
