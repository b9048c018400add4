/** Where a command writes to: a stream of this process, or a substitute for one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Width of a terminal; 0 if it does not know its size. */
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}
