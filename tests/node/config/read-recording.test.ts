import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ArrivalsChoice } from '../../../lib/core/load/arrivals.ts';
import { readRecording } from '../../../lib/node/config/read-recording.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'load-recording-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const file = (path: string, speed = 1): ArrivalsChoice => ({ kind: 'file', path, speed });
const read = (arrivals: ArrivalsChoice, seed = 1) => readRecording({ arrivals, seed }, dir);

/** The one line that a user is told. */
async function refusal(path: string): Promise<string> {
  const error = await read(file(path)).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'UserError', code: 'E_ARRIVALS', exitCode: 2 });
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

it('reads nothing for arrivals that are drawn', async () => {
  for (const arrivals of [{ kind: 'even' }, { kind: 'poisson' }, { kind: 'cv', cv: 2 }] as const) {
    expect(await read(arrivals)).toBeNull();
  }
});

it('reads a file from the folder of the command, and names it without its own', async () => {
  await mkdir(join(dir, 'logs'));
  await writeFile(join(dir, 'logs', 'orders.csv'), '\uFEFFtime\n1732000000.5\n1732000004.5\n');
  const load = await read(file('./logs/orders.csv', 2));
  expect(load?.recordedMs).toEqual([0, 2000]);
  expect(load?.stage.durationSeconds).toBe(2.001);
  expect(load?.arrivals).toEqual({
    ...{ kind: 'recorded', file: 'orders.csv', speed: 2, orders: 2, peakPerSecond: 1 },
    // printf '0\n2000' | sha256sum
    sha256: 'df9af8190d8da5011bedf13449fa3acdc92b1d2744e73fb02dfa17016cae9477',
  });
  expect(await read(file(join(dir, 'logs', 'orders.csv'), 2))).toEqual(load);
});

it('places the orders of a count by the seed', async () => {
  await writeFile(join(dir, 'counts.csv'), 'time,count\n1732000000,5\n1732000060,5\n');
  const [one, same, other] = await Promise.all([1, 1, 2].map((by) => read(file('counts.csv'), by)));
  expect(one?.recordedMs).toHaveLength(10);
  expect(same).toEqual(one);
  expect(other?.recordedMs).not.toEqual(one?.recordedMs);
});

it('says what else --arrivals takes where there is no such file', async () => {
  expect(await refusal('evne')).toBe(
    'cannot read the arrivals in evne (ENOENT); expected even, poisson, cv:NUMBER or a file of recorded times',
  );
});

it('refuses a folder, and what is below a file', async () => {
  await mkdir(join(dir, 'logs'));
  await writeFile(join(dir, 'orders.csv'), '');
  expect(await refusal('logs')).toMatch(/^cannot read the arrivals in logs \(EISDIR\); expected /);
  expect(await refusal('orders.csv/x')).toContain('(ENOTDIR)');
});

it('passes on what is wrong in a file, by the name that was given', async () => {
  await mkdir(join(dir, 'logs'));
  await writeFile(join(dir, 'logs', 'a.csv'), '1732000000\nnoon\n');
  expect(await refusal('logs/a.csv')).toMatch(/^logs\/a\.csv: line 2: "noon" is not a time; /);
  await writeFile(join(dir, 'empty.csv'), '');
  expect(await refusal('empty.csv')).toMatch(/^empty\.csv: contains no orders; /);
});
