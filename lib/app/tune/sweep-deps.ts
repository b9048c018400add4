import type { LoadDeps } from '../run/run-load.ts';

/** What a sweep needs from its process. */
export interface SweepProcess extends LoadDeps {
  /** Answers the question before a change, if it is a terminal. */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}
