import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { HistoryEntry } from '../../core/history/history-entry.ts';
import { type ParsedHistory, parseHistory } from '../../core/history/parse-history.ts';
import { appendLine } from './append-line.ts';

/**
 * Adds a run to the history in `dir`: one line in the file of its scenario. Safe with several writers.
 * @throws UserError E_HISTORY_UNWRITABLE (exit 4).
 */
export async function appendHistory(dir: string, entry: HistoryEntry): Promise<void> {
  const file = path.join(dir, `${fileNameOf(entry.scenario)}.jsonl`);
  try {
    await appendLine(file, JSON.stringify(entry));
  } catch (error) {
    throw new UserError(
      'E_HISTORY_UNWRITABLE',
      `Cannot add the run to ${file} (${codeOf(error)}). Free some space, fix its permissions, or choose another folder with --history (none: keep no history).`,
      EXIT.environment,
    );
  }
}

/**
 * The history in `dir` of all scenarios, oldest run first, each run once. Lines that cannot be read are reported in
 * `skipped`. A folder that does not exist is an empty history.
 * @throws UserError E_HISTORY_UNREADABLE (exit 2) if the folder or a file cannot be read.
 */
export async function readHistory(dir: string): Promise<ParsedHistory> {
  try {
    const names = (await readdir(dir)).filter((name) => name.endsWith('.jsonl')).sort();
    const texts = await Promise.all(names.map((name) => readFile(path.join(dir, name), 'utf8')));
    const parsed = texts.map((text, i) => parseHistory(text, path.join(dir, names[i] as string)));
    const entries = new Map<string, HistoryEntry>();
    for (const entry of parsed.flatMap((one) => one.entries)) {
      if (!entries.has(entry.run)) entries.set(entry.run, entry);
    }
    return {
      entries: [...entries.values()].sort(byTime),
      skipped: parsed.flatMap(({ skipped }) => skipped),
    };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { entries: [], skipped: [] };
    throw new UserError('E_HISTORY_UNREADABLE', `Cannot read the history in ${dir} (${code}).`);
  }
}

function byTime(a: HistoryEntry, b: HistoryEntry): number {
  return a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.run < b.run ? -1 : 1;
}

/** A user's own scenario may have any name. */
function fileNameOf(scenario: string): string {
  return scenario.replace(/[^\w-]+/g, '-').slice(0, 80) || 'unnamed';
}
