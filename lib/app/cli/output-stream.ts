/** Where a command writes to: a stream of this process, or what stands in for one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Of a terminal; 0 where it does not know its size. */
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}
