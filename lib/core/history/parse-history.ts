import { type HistoryEntry, historyEntrySchema } from './history-entry.ts';

export interface ParsedHistory {
  /** Entries in the order of the lines, each run once. */
  readonly entries: readonly HistoryEntry[];
  /** One sentence for each skipped line, with its source and line number. */
  readonly skipped: readonly string[];
}

/**
 * The entries of a history file. A line that was cut off by a crash, is not a history entry or has a newer major
 * version is skipped and reported. If two lines are of the same run, the first counts.
 * @param sourceName names the file in `skipped`.
 */
export function parseHistory(text: string, sourceName: string): ParsedHistory {
  const entries = new Map<string, HistoryEntry>();
  const skipped: string[] = [];
  text.split('\n').forEach((line, position) => {
    // After a writer that died within a line, another may have continued on the same line.
    for (const piece of line.split(/(?=\{"historyVersion":)/)) {
      if (piece.trim() === '') continue;
      const entry = parseEntry(piece);
      if (typeof entry === 'string')
        skipped.push(`${sourceName}:${position + 1} ${entry}; skipped`);
      else if (!entries.has(entry.run)) entries.set(entry.run, entry);
    }
  });
  return { entries: [...entries.values()], skipped };
}

function parseEntry(line: string): HistoryEntry | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'is not JSON, or was cut off while it was written';
  }
  const entry = historyEntrySchema.safeParse(json);
  if (entry.success) return entry.data;
  const version = versionOf(json);
  if (version === null) return 'is JSON, but not a history entry';
  if (!version.startsWith('1.')) return `has version ${version}; this suite reads 1.x`;
  const [issue] = entry.error.issues;
  return `does not match version ${version} at ${issue?.path.join('.')}: ${issue?.message}`;
}

function versionOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('historyVersion' in json)) return null;
  return typeof json.historyVersion === 'string' ? json.historyVersion : null;
}
