import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import {
  closeJournal,
  JOURNAL_FOLDER,
  openJournal,
  type SettingsBefore,
} from '../../node/store/settings-journal.ts';
import { putBack } from './restore-settings.ts';
import type { SweepPlatform } from './sweep-platform.ts';

/** What a sweep may change. */
export interface ChangedSettings {
  readonly functions: readonly string[];
  readonly mappings: readonly string[];
}

/** The settings of what a sweep may change, as they are now. */
export async function readSettings(
  control: PlatformControl,
  { functions, mappings }: ChangedSettings,
): Promise<SettingsBefore> {
  const read = async <State>(names: readonly string[], one: (name: string) => Promise<State>) =>
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await one(name)] as const)),
    );
  return {
    functions: await read(functions, control.readFunction),
    mappings: await read(mappings, control.readMapping),
  };
}

export interface KeptSettings {
  /** Id of the sweep. */
  readonly id: string;
  readonly platform: Pick<SweepPlatform, 'control' | 'isEmbedded'>;
  readonly before: SettingsBefore;
  readonly say: (line: string) => void;
}

/**
 * Does work that changes settings, and puts them back after it, whatever happened. Before the first change they are
 * written into a journal, from which the next command puts them back if this process is killed. The settings of an
 * embedded order API end with it. `restored` is false if something could not be put back; a line says what, and the
 * journal stays.
 *
 * @throws UserError E_SWEEP_RUNNING or E_RESULTS_UNWRITABLE (exit 4) before anything was changed.
 */
export async function keepSettings<Value>(
  { id, platform, before, say }: KeptSettings,
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly restored: boolean }> {
  const { control, isEmbedded } = platform;
  if (isEmbedded) return { value: await work(), restored: true };
  await openJournal(JOURNAL_FOLDER, { id, address: control.address, before });
  let problems: readonly string[] = [];
  let value: Value;
  try {
    value = await work();
  } finally {
    problems = await putBack(control, before);
    for (const problem of problems) say(problem);
    if (problems.length === 0) await closeJournal(JOURNAL_FOLDER, id);
  }
  return { value, restored: problems.length === 0 };
}
