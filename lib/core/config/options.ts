import type { OptionValue } from './option-values.ts';
import { ACCESS_OPTIONS } from './options/access-options.ts';
import { GUARD_OPTIONS } from './options/guard-options.ts';
import { LOAD_OPTIONS } from './options/load-options.ts';
import type { OptionSpec } from './options/option-spec.ts';
import { ORDER_OPTIONS } from './options/order-options.ts';
import { PLATFORM_OPTIONS } from './options/platform-options.ts';
import { REQUEST_OPTIONS } from './options/request-options.ts';
import { RUN_OPTIONS } from './options/run-options.ts';
import { TARGET_OPTIONS } from './options/target-options.ts';
import { TELEMETRY_OPTIONS } from './options/telemetry-options.ts';

/** The command line, the readers and the docs are all made from this table, in this order. */
export const OPTIONS = {
  ...TARGET_OPTIONS,
  ...LOAD_OPTIONS,
  ...REQUEST_OPTIONS,
  ...ACCESS_OPTIONS,
  ...GUARD_OPTIONS,
  ...ORDER_OPTIONS,
  ...PLATFORM_OPTIONS,
  ...TELEMETRY_OPTIONS,
  ...RUN_OPTIONS,
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionKey = keyof typeof OPTIONS;

export const OPTION_KEYS = Object.keys(OPTIONS) as readonly OptionKey[];

/** Keys of the options that the config file may hold. */
export type FileOptionKey = {
  [K in OptionKey]: (typeof OPTIONS)[K]['inFile'] extends true ? K : never;
}[OptionKey];

/** Parsed values of the options that were given; durations and latencies in milliseconds. */
export type OptionValues = { readonly [K in OptionKey]?: OptionValue<(typeof OPTIONS)[K]['kind']> };

/** The flag without its argument: `--rate`. */
export function flagName(key: OptionKey): string {
  return OPTIONS[key].flag.split(' ')[0] as string;
}

/** The attribute under which commander stores the flag's value: `maxVus` for `--max-vus`. */
export function flagAttribute(key: OptionKey): string {
  return flagName(key)
    .replace(/^--(no-)?/, '')
    .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
