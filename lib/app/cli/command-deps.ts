/** What a command that reads and writes results takes from the process that it is part of. */
export interface CommandDeps {
  /** Folder of the suite. */
  readonly root: string;
  /** Takes notes, one line each. */
  readonly say: (line: string) => void;
}
