import type { HistoryEntry } from '../../history/history-entry.ts';
import { shellWord } from '../../text/shell-word.ts';

/** Where the results are, as written on a command line. */
export interface ResultsPlace {
  /** Folder with the folders of the runs. */
  readonly root: string;
  readonly history: string;
  /** Whether the history has a run. */
  readonly hasHistory: boolean;
}

/** Where the results are, and in it the report of each run. */
export interface RunPlaces extends ResultsPlace {
  /** Folder of the report by the id of its run, relative to `root`. A run whose report is gone is not in it. */
  readonly folders: ReadonlyMap<string, string>;
}

/** A run of which a command needs to know where its report is. */
interface PlacedRun {
  /** Relative to the root of the results; null if the report is gone. */
  readonly folder: string | null;
  /** Whether it is an ab run, whose report holds both sides. */
  readonly isAb: boolean;
}

/**
 * The commands that compare two runs: one for both, or one for each ab run, which holds both of its sides.
 * Empty if a report is gone.
 */
export function compareCommands(a: PlacedRun, b: PlacedRun, place: ResultsPlace): string[] {
  const picked = a.isAb || b.isAb ? [a, b].filter(({ isAb }) => isAb) : [a, b];
  const folders = picked.flatMap(({ folder }) =>
    folder === null ? [] : [shellWord(pathOf(folder, place))],
  );
  if (a.isAb || b.isAb) return folders.map((folder) => `npm run compare -- ${folder}`);
  if (folders.length < 2) return [];
  const history = place.hasHistory ? ` --history ${shellWord(place.history)}` : '';
  return [`npm run compare -- ${folders.join(' ')}${history}`];
}

/** The command that compares two runs of a series; null if a report is gone, or they are ab runs. */
export function compareCommand(
  a: Pick<HistoryEntry, 'run' | 'targetB'>,
  b: Pick<HistoryEntry, 'run' | 'targetB'>,
  places: RunPlaces,
): string | null {
  if (a.targetB !== undefined || b.targetB !== undefined) return null;
  const placed = ({ run }: Pick<HistoryEntry, 'run'>) => ({
    folder: places.folders.get(run) ?? null,
    isAb: false,
  });
  return compareCommands(placed(a), placed(b), places)[0] ?? null;
}

/** The command that imports the existing reports into a history. */
export function historyCommand({ root, history }: ResultsPlace): string {
  return `npm run trend -- --import ${shellWord(root)} --history ${shellWord(history)}`;
}

/** A file or folder of the results as a path for the command line. */
export function pathOf(folder: string, { root }: ResultsPlace): string {
  return `${root.replace(/\/+$/, '')}/${folder}`;
}
