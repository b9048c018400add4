/** Checks figures against their limits; the exit code of a bench shows the result. */
export class Promises {
  #broken = 0;

  /** Prints a figure with its upper limit. */
  atMost(name: string, value: number, limit: number, unit: string): void {
    const ok = value <= limit;
    if (!ok) this.#broken += 1;
    console.log(
      `${name}: ${shown(value)}${unit}; at most ${limit}${unit} ${ok ? 'holds' : 'MISSED'}`,
    );
  }

  atLeast(name: string, value: number, limit: number, unit: string): void {
    const ok = value >= limit;
    if (!ok) this.#broken += 1;
    console.log(
      `${name}: ${shown(value)}${unit}; at least ${limit}${unit} ${ok ? 'holds' : 'MISSED'}`,
    );
  }

  /** 1 if a limit was missed. */
  get exitCode(): 0 | 1 {
    return this.#broken === 0 ? 0 : 1;
  }
}

const shown = (value: number): string => String(Math.round(value * 10) / 10);
