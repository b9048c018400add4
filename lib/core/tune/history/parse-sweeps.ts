import { type SweepEntry, sweepEntrySchema } from './sweep-entry.ts';

/**
 * The sweeps of a history file, each once. Lines that were cut off, or are no sweep of version 1, are reported in
 * `skipped`, one sentence each.
 * @param sourceName names the file in `skipped`.
 */
export function parseSweeps(
  text: string,
  sourceName: string,
): { readonly sweeps: readonly SweepEntry[]; readonly skipped: readonly string[] } {
  const sweeps = new Map<string, SweepEntry>();
  const skipped: string[] = [];
  text.split('\n').forEach((line, position) => {
    // After a writer that died within a line, another may have continued on the same line.
    for (const piece of line.split(/(?=\{"sweepVersion":)/)) {
      if (piece.trim() === '') continue;
      const sweep = parseSweep(piece);
      if (sweep === null) {
        skipped.push(`${sourceName}:${position + 1} is no sweep that this suite can read; skipped`);
      } else if (!sweeps.has(sweep.id)) sweeps.set(sweep.id, sweep);
    }
  });
  return { sweeps: [...sweeps.values()], skipped };
}

function parseSweep(line: string): SweepEntry | null {
  try {
    return sweepEntrySchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
