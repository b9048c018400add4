/** How good a statement is; it decides color and mark. `open`: no conclusion. `measured`: a figure without a limit. */
export type Tone = 'good' | 'bad' | 'open' | 'measured' | 'running';

export const TONE_MARKS: Readonly<Record<Tone, string>> = {
  good: '✓',
  bad: '✕',
  open: '?',
  measured: '◆',
  running: '…',
};

/** What a run, a comparison or a trend says first. No text is escaped. */
export interface Headline {
  readonly tone: Tone;
  /** One or two words, such as "Pass" or "No change". */
  readonly word: string;
  /** One sentence with the figure and its limit. */
  readonly reason: string;
  /** Further reasons, most important first. None repeats another. */
  readonly others: readonly string[];
  /** What the reader may do next, most important first; empty if there is nothing to do. */
  readonly next: readonly NextStep[];
}

/** One thing to do next. */
export interface NextStep {
  /** A sentence without its period: "Raise the reserved concurrency above 6". */
  readonly text: string;
  /** A command that does it or that checks it, to be copied into a shell; null if none does. */
  readonly command: string | null;
}

/** A figure of the first screen. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  /** Its limit, its interval and what it rests on; empty for none. */
  readonly note: string;
  /** Whether the limit was met. Absent if the figure has no limit, or is run to cross it. */
  readonly state?: 'met' | 'missed';
  /** The figure and its limit as shares of a common scale, 0 to 1, to be drawn. */
  readonly gauge?: { readonly value: number; readonly limit: number };
}

/** A cell of a table; the tone adds color and, for `good`, `bad` and `open`, the mark. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/** A table whose first column names its rows. */
export interface TextTable {
  readonly caption: string;
  readonly columns: readonly TextColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface TextColumn {
  readonly head: string;
  /** Numbers are right-aligned. */
  readonly isNumber?: true;
  /** Left out on paper and on narrow screens. */
  readonly isMinor?: true;
}
