import { shellWord } from '../../text/shell-word.ts';
import type { PageRun, ResultsPlace } from './results-data.ts';

/**
 * The commands that compare two runs: one for both, or one for each ab run, which holds both of its sides.
 * Empty if a report is gone.
 */
export function compareCommands(a: PageRun, b: PageRun, place: ResultsPlace): string[] {
  const picked = a.isAb || b.isAb ? [a, b].filter(({ isAb }) => isAb) : [a, b];
  const folders = picked.flatMap(({ folder }) =>
    folder === null ? [] : [shellWord(`${place.root.replace(/\/+$/, '')}/${folder}`)],
  );
  if (a.isAb || b.isAb) return folders.map((folder) => `npm run compare -- ${folder}`);
  if (folders.length < 2) return [];
  const history = place.hasHistory ? ` --history ${shellWord(place.history)}` : '';
  return [`npm run compare -- ${folders.join(' ')}${history}`];
}

/** The command that imports the existing reports into a history. */
export function historyCommand({ root, history }: ResultsPlace): string {
  return `npm run trend -- --import ${shellWord(root)} --history ${shellWord(history)}`;
}
