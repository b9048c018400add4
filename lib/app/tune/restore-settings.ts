import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type {
  ControlAddress,
  FunctionState,
  MappingState,
  PlatformControl,
} from '../../core/lambda/platform-control.ts';
import {
  closeJournal,
  type Journal,
  readJournals,
  type SettingsBefore,
} from '../../node/store/settings-journal.ts';
import { openControl } from './open-control.ts';

/**
 * Puts functions and mappings back as they were. Goes on after a failure; returns one line for each that could not be
 * put back, with the values to set by hand.
 */
export async function putBack(
  control: PlatformControl,
  before: SettingsBefore,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const attempt = async (name: string, settings: string, restore: Promise<void>) => {
    await restore.catch((error: unknown) => {
      problems.push(`${name} was not put back (${reasonOf(error)}): set it to ${settings}`);
    });
  };
  for (const [name, state] of Object.entries(before.functions)) {
    await attempt(name, functionText(state), control.restoreFunction(name, state));
  }
  for (const [id, state] of Object.entries(before.mappings)) {
    await attempt(`mapping ${id}`, mappingText(state), control.changeMapping(id, state));
  }
  return problems;
}

export interface RestoreOptions {
  /** Folder of the journals. */
  readonly folder: string;
  /** Gets one line for each journal. */
  readonly say: (line: string) => void;
  /** Also journals of other machines, whose sweeps may still run: only if the user asks for it. */
  readonly ofOtherMachines?: boolean;
  readonly open?: (address: ControlAddress) => Promise<PlatformControl | null>;
}

export interface RestoreEnd {
  /** Sweeps whose settings were put back, or have ended with their local order API. */
  readonly done: readonly string[];
  /** Files of the journals that are still needed, apart from those of sweeps that still run. */
  readonly left: readonly string[];
}

/**
 * Puts back what sweeps changed that have ended without doing so, by SIGKILL for example, and removes their journals. A
 * journal stays if something in it could not be put back.
 */
export async function restoreOpenJournals(options: RestoreOptions): Promise<RestoreEnd> {
  const { folder, say, ofOtherMachines = false } = options;
  const done: string[] = [];
  const left: string[] = [];
  for (const { file, journal, sweep } of await readJournals(folder)) {
    if (sweep === 'running') continue;
    if (journal === null) {
      say(`${file} cannot be read: look into it for the settings to put back, then delete it`);
      left.push(file);
    } else if (sweep === 'unknown' && !ofOtherMachines) {
      const { machine } = journal.process;
      say(
        `the sweep ${journal.id} of ${machine} has not put its settings back; if it has ended, run: npm run tune -- --restore`,
      );
      left.push(file);
    } else if (await restore(journal, options)) {
      await closeJournal(folder, journal.id);
      done.push(journal.id);
    } else {
      left.push(file);
    }
  }
  return { done, left };
}

/**
 * What `npm run tune -- --restore` does: puts back what all sweeps that have ended changed, those of other machines
 * included.
 *
 * @throws UserError E_RESTORE (exit 4) if something could not be put back.
 */
export async function runRestore(folder: string, say: (line: string) => void): Promise<void> {
  const { done, left } = await restoreOpenJournals({ folder, say, ofOtherMachines: true });
  if (left.length > 0) {
    throw new UserError(
      'E_RESTORE',
      `not everything was put back: what to do by hand is above; then delete ${left.join(', ')}`,
      EXIT.environment,
    );
  }
  if (done.length === 0) say('nothing to put back');
}

/** Whether nothing is left to put back. */
async function restore(
  { id, address, before }: Journal,
  { say, open = openControl }: RestoreOptions,
): Promise<boolean> {
  let control: PlatformControl | null;
  try {
    control = await open(address);
  } catch (error) {
    say(`the settings of the sweep ${id} were not put back: ${reasonOf(error)}`);
    return false;
  }
  if (control === null) {
    say(`the local order API of the sweep ${id} has ended, so there is nothing to put back`);
    return true;
  }
  try {
    const problems = await putBack(control, before);
    for (const problem of problems) say(`sweep ${id}: ${problem}`);
    if (problems.length === 0) say(`put back after the sweep ${id}: ${settingsText(before)}`);
    return problems.length === 0;
  } finally {
    await control.close();
  }
}

/** Settings in one line, such as `create-order (1024 MB, x86, …)`. */
function settingsText({ functions, mappings }: SettingsBefore): string {
  return [
    ...Object.entries(functions).map(([name, state]) => `${name} (${functionText(state)})`),
    ...Object.entries(mappings).map(([id, state]) => `mapping ${id} (${mappingText(state)})`),
  ].join(', ');
}

function functionText({ memoryMb, architecture, reservedConcurrency, alias }: FunctionState) {
  const provisioned =
    alias === null
      ? ''
      : `, ${alias.name} at version ${alias.version} with provisioned concurrency ${alias.provisionedConcurrency}`;
  return `${memoryMb} MB, ${architecture}, reserved concurrency ${reservedConcurrency ?? 'none'}${provisioned}`;
}

function mappingText({ batchSize, windowSeconds, maximumConcurrency, pollers }: MappingState) {
  const provisioned =
    pollers === null ? '' : `, ${pollers.minimum} to ${pollers.maximum} provisioned pollers`;
  return `batch size ${batchSize}, window ${windowSeconds} s, maximum concurrency ${maximumConcurrency ?? 'none'}${provisioned}`;
}
