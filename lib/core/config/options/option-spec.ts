import type { OptionKindName } from '../option-values.ts';

/**
 * One option of a run: how it is given as a flag, as an environment variable and in the config file.
 * The command line, the readers and the docs are all made from this table.
 */
export interface OptionSpec {
  /** As commander takes it. */
  readonly flag: string;
  /** Environment variables, the strongest first; none for what only a command line can say. */
  readonly env: readonly string[];
  /** Whether the config file may hold it, under the table's own key. */
  readonly inFile: boolean;
  readonly kind: OptionKindName;
  /** A flag that may be given more than once; in a variable the values are separated by commas. */
  readonly repeatable?: true;
  readonly description: string;
  /** The default in words; "profile" where it comes from the scenario's profile. */
  readonly default: string;
}
