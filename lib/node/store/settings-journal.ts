import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { codeOf, reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type {
  ControlAddress,
  FunctionState,
  MappingState,
} from '../../core/lambda/platform-control.ts';
import { functionStateSchema, mappingStateSchema } from '../../core/tune/platform-state-schema.ts';
import {
  identifyProcess,
  type ProcessIdentity,
  stateOfProcess,
} from '../process/process-identity.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** Settings as they were before a sweep changed them, by the name that the sweep uses. */
export interface SettingsBefore {
  readonly functions: Readonly<Record<string, FunctionState>>;
  readonly mappings: Readonly<Record<string, MappingState>>;
}

/** What has to be put back when a sweep ends, and whose sweep it is. */
export interface Journal {
  /** Id of the sweep. */
  readonly id: string;
  readonly address: ControlAddress;
  readonly process: ProcessIdentity;
  readonly before: SettingsBefore;
}

export interface JournalFile {
  readonly file: string;
  /** Null if the file cannot be read. */
  readonly journal: Journal | null;
  /** Whether the sweep still runs; `unknown` on another machine, or if the file cannot be read. */
  readonly sweep: 'running' | 'ended' | 'unknown';
}

/** Where the journals of all sweeps are, from the working directory. */
export const JOURNAL_FOLDER = path.join('results', 'tune', 'journal');

const address: z.ZodType<ControlAddress> = z.discriminatedUnion('platform', [
  z.object({ platform: z.literal('local'), baseUrl: z.string(), instance: z.string() }),
  z.object({
    platform: z.literal('aws'),
    region: z.string().nullable(),
    endpoint: z.string().nullable(),
  }),
]);

const journalSchema: z.ZodType<Journal> = z.object({
  id: z.string(),
  address,
  process: z.object({ pid: z.number(), startedAt: z.string().nullable(), machine: z.string() }),
  before: z.object({
    functions: z.record(z.string(), functionStateSchema),
    mappings: z.record(z.string(), mappingStateSchema),
  }),
});

/**
 * Writes down, safe from a power cut, what this process is about to change. Call it before the first change.
 *
 * @throws UserError (exit 4) if another sweep changes the same function or mapping (E_SWEEP_RUNNING) or has not put it
 *   back (E_RESTORE), or if the journal cannot be written (E_RESULTS_UNWRITABLE).
 */
export async function openJournal(
  folder: string,
  journal: Omit<Journal, 'process'>,
): Promise<void> {
  for (const other of await readJournals(folder)) {
    const shared = other.journal && sharedName(other.journal, journal);
    if (!shared) continue;
    const { id, process } = other.journal;
    if (other.sweep === 'running') {
      throw new UserError(
        'E_SWEEP_RUNNING',
        `${shared} is being changed by the sweep ${id} (process ${process.pid}): wait for its end, or stop it`,
        EXIT.environment,
      );
    }
    throw new UserError(
      'E_RESTORE',
      `${shared} still has settings of the sweep ${id}, which must be put back first: npm run tune -- --restore`,
      EXIT.environment,
    );
  }
  const entry: Journal = { ...journal, process: await identifyProcess(process.pid) };
  try {
    await mkdir(folder, { recursive: true });
    await writeFileAtomically(fileOf(folder, journal.id), `${JSON.stringify(entry, null, 2)}\n`);
  } catch (error) {
    throw new UserError(
      'E_RESULTS_UNWRITABLE',
      `Cannot write to ${folder} what has to be put back after the sweep (${codeOf(error) ?? reasonOf(error)}), so nothing is changed. Free some space, or fix its permissions.`,
      EXIT.environment,
    );
  }
}

/** Removes a journal, once everything in it was put back. */
export async function closeJournal(folder: string, id: string): Promise<void> {
  await rm(fileOf(folder, id), { force: true });
}

/**
 * All journals of a folder, the oldest id first. A folder that does not exist has none.
 *
 * @throws UserError E_RESTORE (exit 4) if the folder cannot be read.
 */
export async function readJournals(folder: string): Promise<readonly JournalFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new UserError(
      'E_RESTORE',
      `Cannot read ${folder} (${codeOf(error) ?? reasonOf(error)}), which says what sweeps have not put back. Fix its permissions.`,
      EXIT.environment,
    );
  });
  const files = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  const read = await Promise.all(files.map((name) => readJournal(path.join(folder, name))));
  return read.filter((one) => one !== null);
}

/** Null if it was removed in the meantime. */
async function readJournal(file: string): Promise<JournalFile | null> {
  try {
    const journal = journalSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const state = await stateOfProcess(journal.process);
    return { file, journal, sweep: state === 'elsewhere' ? 'unknown' : state };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : { file, journal: null, sweep: 'unknown' };
  }
}

function fileOf(folder: string, id: string): string {
  return path.join(folder, `${id}.json`);
}

/** The first function or mapping that both would change, or null. An alias belongs to its function. */
function sharedName(a: Pick<Journal, 'address' | 'before'>, b: typeof a): string | null {
  if (JSON.stringify(a.address) !== JSON.stringify(b.address)) return null;
  const functionOf = (name: string) => name.split(':')[0] as string;
  const taken = new Set([
    ...Object.keys(a.before.functions).map(functionOf),
    ...Object.keys(a.before.mappings),
  ]);
  const wanted = [...Object.keys(b.before.functions), ...Object.keys(b.before.mappings)];
  return wanted.find((name) => taken.has(functionOf(name))) ?? null;
}
