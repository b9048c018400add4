interface OptionText {
  /** In commander's syntax, such as `--memory <MB>`. */
  readonly flag: string;
  readonly description: string;
  /** The default in words, if its value does not explain what happens. */
  readonly defaultText?: string;
  /** Left out of `--help`. */
  readonly hidden?: true;
  /** Key of an option that cannot be given together with this one. */
  readonly conflictsWith?: string;
}

interface NumberOption extends OptionText {
  readonly kind: 'number' | 'whole';
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
  readonly default: number | null;
}

interface ChoiceOption extends OptionText {
  readonly kind: 'choice';
  readonly choices: readonly (string | number)[];
  readonly default: string | number;
}

interface SwitchOption extends OptionText {
  readonly kind: 'switch';
  readonly default: boolean;
}

interface StatusOption extends OptionText {
  /** 429, or 500 to 599. */
  readonly kind: 'throttleStatus';
  readonly default: number;
}

interface TextOption extends OptionText {
  /** `names`: may be given more than once. */
  readonly kind: 'file' | 'url' | 'names';
  readonly default: null;
}

/**
 * One option of the order API. Its flag, the parser of the flag, `--help`, the default, the type in the config and the
 * docs are all derived from this.
 */
export type OptionSpec = NumberOption | ChoiceOption | SwitchOption | StatusOption | TextOption;

/** Options by their key in the config. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

type GivenValue<O extends OptionSpec> = O extends { readonly choices: readonly (infer C)[] }
  ? C
  : {
      readonly number: number;
      readonly whole: number;
      readonly choice: never;
      readonly switch: boolean;
      readonly throttleStatus: number;
      readonly file: string;
      readonly url: string;
      readonly names: readonly string[];
    }[O['kind']];

/** The values of a table's options; null for an option without a default that was not given. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: GivenValue<T[K]> | (T[K]['default'] extends null ? null : never);
};

export function defaultValues<T extends OptionTable>(table: T): OptionValues<T> {
  return Object.fromEntries(
    Object.entries(table).map(([key, spec]) => [key, spec.default]),
  ) as OptionValues<T>;
}

/** The flag without its argument, such as `--memory`. */
export function flagName({ flag }: Pick<OptionSpec, 'flag'>): string {
  return flag.split(' ')[0] as string;
}
