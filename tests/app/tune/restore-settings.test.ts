import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournalNote } from '../../../lib/app/tune/open-journal-note.ts';
import {
  putBack,
  restoreOpenJournals,
  runRestore,
} from '../../../lib/app/tune/restore-settings.ts';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import type {
  FunctionState,
  MappingState,
  PlatformControl,
} from '../../../lib/core/lambda/platform-control.ts';
import {
  closeJournal,
  type Journal,
  openJournal,
} from '../../../lib/node/store/settings-journal.ts';

const STATE: FunctionState = {
  memoryMb: 1024,
  architecture: 'x86',
  timeoutMs: 3000,
  reservedConcurrency: 5,
  alias: { name: 'live', version: '7', provisionedConcurrency: 2 },
};
const MAPPING: MappingState = {
  batchSize: 10,
  windowSeconds: 0,
  maximumConcurrency: null,
  pollers: null,
};
const BEFORE = { functions: { 'orders:live': STATE }, mappings: { m: MAPPING } };
const ADDRESS = { platform: 'local', baseUrl: 'http://127.0.0.1:9', instance: 'i' } as const;

let folder: string;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
  said = [];
});

afterEach(() => rm(folder, { recursive: true }));

const say = (line: string): void => void said.push(line);

/** A control that only puts back. */
function createControl(refuses: 'function' | null = null) {
  const restored: unknown[] = [];
  let closed = 0;
  const control = {
    address: ADDRESS,
    async restoreFunction(name: string, state: FunctionState) {
      if (refuses !== null) throw new UserError('E_PLATFORM_REFUSED', 'it is being deleted');
      restored.push([name, state]);
    },
    async changeMapping(id: string, state: Partial<MappingState>) {
      restored.push([id, state]);
    },
    async close() {
      closed += 1;
    },
  } as unknown as PlatformControl;
  return { control, restored, closed: () => closed };
}

/** Writes the journal of a sweep that was killed, or one of another machine. */
async function leave(id: string, process: Partial<Journal['process']> = { startedAt: 'earlier' }) {
  await closeJournal(folder, id);
  await openJournal(folder, { id, address: ADDRESS, before: BEFORE });
  const file = path.join(folder, `${id}.json`);
  const journal = JSON.parse(await readFile(file, 'utf8')) as Journal;
  await writeFile(
    file,
    JSON.stringify({ ...journal, process: { ...journal.process, ...process } }),
  );
  return file;
}

describe('putBack', () => {
  it('puts back all it can, and says the values of what it cannot', async () => {
    const { control, restored } = createControl('function');
    expect(await putBack(control, BEFORE)).toEqual([
      'orders:live was not put back (it is being deleted): set it to 1024 MB, x86, reserved concurrency 5, live at version 7 with provisioned concurrency 2',
    ]);
    expect(restored).toEqual([['m', MAPPING]]);
  });
});

describe('restoreOpenJournals', () => {
  it('puts back what a killed sweep left, and removes its journal', async () => {
    await leave('dead');
    const { control, restored, closed } = createControl();
    const end = await restoreOpenJournals({ folder, say, open: async () => control });
    expect(end).toEqual({ done: ['dead'], left: [] });
    expect(restored).toEqual([
      ['orders:live', STATE],
      ['m', MAPPING],
    ]);
    expect(closed()).toBe(1);
    expect(await readdir(folder)).toEqual([]);
    expect(said).toEqual([
      'put back after the sweep dead: orders:live (1024 MB, x86, reserved concurrency 5, live at version 7 with provisioned concurrency 2), mapping m (batch size 10, window 0 s, maximum concurrency none)',
    ]);
  });

  it('leaves a sweep alone that still runs', async () => {
    await leave('running', {});
    const { control, restored } = createControl();
    const end = await restoreOpenJournals({ folder, say, open: async () => control });
    expect({ end, restored, said }).toEqual({
      end: { done: [], left: [] },
      restored: [],
      said: [],
    });
    expect(await readdir(folder)).toEqual(['running.json']);
  });

  it('removes the journal of a local order API that has ended', async () => {
    await leave('local');
    const end = await restoreOpenJournals({ folder, say });
    expect(end.done).toEqual(['local']);
    expect(said).toEqual([
      'the local order API of the sweep local has ended, so there is nothing to put back',
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, () => Promise<PlatformControl>]>([
    ['cannot be reached', () => Promise.reject(new Error('no network'))],
    ['refuses', async () => createControl('function').control],
  ])('keeps the journal if the platform %s', async (_, open) => {
    const file = await leave('stuck');
    expect(await restoreOpenJournals({ folder, say, open })).toEqual({ done: [], left: [file] });
    expect(await readdir(folder)).toEqual(['stuck.json']);
    expect(said).toHaveLength(1);
  });

  it('asks about a sweep of another machine, and restores it when told to', async () => {
    const file = await leave('far', { machine: 'elsewhere' });
    const { control, restored } = createControl();
    const options = { folder, say, open: async () => control };
    expect((await restoreOpenJournals(options)).left).toEqual([file]);
    expect(restored).toEqual([]);
    expect(said[0]).toMatch(/far of elsewhere .* npm run tune -- --restore$/);
    const end = await restoreOpenJournals({ ...options, ofOtherMachines: true });
    expect(end.done).toEqual(['far']);
  });
});

describe('runRestore', () => {
  it('says so if there is nothing to do', async () => {
    await runRestore(folder, say);
    expect(said).toEqual(['nothing to put back']);
  });

  it('fails if something is left', async () => {
    const file = path.join(folder, 'torn.json');
    await writeFile(file, '{');
    await expect(runRestore(folder, say)).rejects.toMatchObject({
      code: 'E_RESTORE',
      exitCode: 4,
      message: expect.stringContaining(file),
    });
  });
});

describe('openJournalNote', () => {
  it('names a sweep that was killed, and no other', async () => {
    expect(await openJournalNote(path.join(folder, 'none'))).toBeNull();
    await leave('dead');
    const note = await openJournalNote(folder);
    await leave('dead', {});
    expect(await openJournalNote(folder)).toBeNull();
    expect(note).toBe(
      'the sweep dead has not put back the settings that it changed: npm run tune -- --restore',
    );
  });
});
