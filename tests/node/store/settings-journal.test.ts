import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ControlAddress, FunctionState } from '../../../lib/core/lambda/platform-control.ts';
import {
  closeJournal,
  type Journal,
  openJournal,
  readJournals,
} from '../../../lib/node/store/settings-journal.ts';

const AWS: ControlAddress = { platform: 'aws', region: 'eu-west-1', endpoint: null };
const STATE: FunctionState = {
  memoryMb: 1024,
  architecture: 'arm',
  timeoutMs: 3000,
  reservedConcurrency: null,
  alias: { name: 'live', version: '7', provisionedConcurrency: 0 },
};

let folder: string;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'journal-')), 'tune', 'journal');
});

afterEach(() => rm(path.dirname(path.dirname(folder)), { recursive: true }));

function sweepOf(id: string, ...functions: string[]): Omit<Journal, 'process'> {
  return {
    id,
    address: AWS,
    before: { functions: Object.fromEntries(functions.map((name) => [name, STATE])), mappings: {} },
  };
}

/** Rewrites a journal as that of a process that has ended. */
async function abandon(id: string): Promise<void> {
  const file = path.join(folder, `${id}.json`);
  const journal = JSON.parse(await readFile(file, 'utf8')) as Journal;
  const process = { ...journal.process, startedAt: 'long ago' };
  await writeFile(file, JSON.stringify({ ...journal, process }));
}

it('gives back what was written down, until it is closed', async () => {
  const mapping = {
    batchSize: 10,
    windowSeconds: 0,
    maximumConcurrency: null,
    pollers: { minimum: 2, maximum: 200 },
  };
  const address = { platform: 'local', baseUrl: 'http://127.0.0.1:1', instance: 'i' } as const;
  const before = { functions: { 'orders:live': STATE }, mappings: { m: mapping } };
  await openJournal(folder, { id: 'one', address, before });
  const [only, ...others] = await readJournals(folder);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ sweep: 'running', journal: { id: 'one', address, before } });
  await closeJournal(folder, 'one');
  await closeJournal(folder, 'one');
  expect(await readdir(folder)).toEqual([]);
});

it('has no journals where there is no folder', async () => {
  expect(await readJournals(folder)).toEqual([]);
});

it('tells the journals of dead processes, and files that are none', async () => {
  await openJournal(folder, sweepOf('dead', 'orders'));
  await abandon('dead');
  await writeFile(path.join(folder, 'torn.json'), '{"id":');
  expect(await readJournals(folder)).toMatchObject([
    { sweep: 'ended', journal: { id: 'dead' } },
    { sweep: 'unknown', journal: null, file: path.join(folder, 'torn.json') },
  ]);
});

it('lets one sweep at a time change a function, whatever the alias', async () => {
  await openJournal(folder, sweepOf('first', 'orders:live'));
  await expect(openJournal(folder, sweepOf('second', 'orders'))).rejects.toMatchObject({
    code: 'E_SWEEP_RUNNING',
    exitCode: 4,
    message: expect.stringMatching(/^orders is being changed by the sweep first/),
  });
  await openJournal(folder, sweepOf('other', 'reads'));
  const elsewhere = { ...sweepOf('elsewhere', 'orders'), address: { ...AWS, region: 'us-east-1' } };
  await openJournal(folder, elsewhere);
});

it('lets no sweep begin on what another has not put back, not even the same one', async () => {
  await openJournal(folder, sweepOf('first', 'orders:live'));
  await abandon('first');
  for (const id of ['first', 'second']) {
    await expect(openJournal(folder, sweepOf(id, 'orders:live'))).rejects.toMatchObject({
      code: 'E_RESTORE',
      exitCode: 4,
      message: expect.stringMatching(/^orders:live still has settings of the sweep first/),
    });
  }
  await closeJournal(folder, 'first');
  await openJournal(folder, sweepOf('second', 'orders:live'));
});

it('refuses to begin where it cannot read what others left, or cannot write', async () => {
  await openJournal(folder, sweepOf('one', 'orders'));
  const file = path.join(folder, 'one.json');
  await expect(openJournal(file, sweepOf('two', 'reads'))).rejects.toMatchObject({
    code: 'E_RESTORE',
    exitCode: 4,
    message: expect.stringMatching(/ENOTDIR/),
  });
  await expect(openJournal(folder, sweepOf('no/such/folder', 'reads'))).rejects.toMatchObject({
    code: 'E_RESULTS_UNWRITABLE',
    exitCode: 4,
  });
});
