import type { LogFormat } from './invocation-lines.ts';

/** Where the lines that Lambda would log go. */
export interface LogConfig {
  /** A file, which is written anew; `-` is stdout. */
  readonly path: string;
  readonly format: LogFormat;
}
