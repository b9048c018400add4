/** What a command that reads and writes results needs from its process. */
export interface CommandDeps {
  /** Folder of the suite. */
  readonly root: string;
  /** Prints a note on a line of its own. */
  readonly say: (line: string) => void;
}
