import { readJournals } from '../../node/store/settings-journal.ts';

/** One line if a sweep has ended without putting its settings back, which a load run would then measure; else null. */
export async function openJournalNote(folder: string): Promise<string | null> {
  const journals = await readJournals(folder).catch(() => []);
  const [first] = journals.filter(({ sweep }) => sweep !== 'running');
  if (first === undefined) return null;
  const whose = first.journal === null ? first.file : `the sweep ${first.journal.id}`;
  return `${whose} has not put back the settings that it changed: npm run tune -- --restore`;
}
