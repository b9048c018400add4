import type { OptionKindName } from '../option-values.ts';

/**
 * One option of a run: its flag, environment variables and key in the config file. The command line, the readers and
 * the docs are all made from these.
 */
export interface OptionSpec {
  /** In commander's notation. */
  readonly flag: string;
  /** Environment variables, the strongest first; none for an option that only the command line has. */
  readonly env: readonly string[];
  /** Whether the config file may hold it, under its key in the table. */
  readonly inFile: boolean;
  readonly kind: OptionKindName;
  /** The flag may be repeated; a variable separates the values by commas. */
  readonly repeatable?: true;
  readonly description: string;
  /** The default in words; "profile" if it comes from the scenario's profile. */
  readonly default: string;
}
