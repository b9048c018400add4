import { FAULT_OPTIONS } from './options/fault-options.ts';
import { FUNCTION_OPTIONS } from './options/function-options.ts';
import { GATEWAY_OPTIONS } from './options/gateway-options.ts';
import type { OptionTable } from './options/option-spec.ts';
import { QUEUE_OPTIONS, QUEUE_SWITCH } from './options/queue-options.ts';
import { START_OPTIONS } from './options/start-options.ts';
import { STORE_OPTIONS } from './options/store-options.ts';

export interface OptionGroup {
  readonly title: string;
  readonly options: OptionTable;
}

/** All options in the order of `--help` and the docs. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  { title: 'Start', options: START_OPTIONS },
  { title: 'Handler and store', options: STORE_OPTIONS },
  { title: 'Functions', options: FUNCTION_OPTIONS },
  { title: 'Gateway', options: GATEWAY_OPTIONS },
  { title: 'Queue', options: { ...QUEUE_SWITCH, ...QUEUE_OPTIONS } },
  { title: 'Faults on demand', options: FAULT_OPTIONS },
];
