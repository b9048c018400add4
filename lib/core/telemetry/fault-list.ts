const MAX_FAULTS = 20;

/** Reasons why figures cannot be trusted. Each is listed once, so that a long run cannot fill the memory. */
export class FaultList {
  readonly #subjects = new Set<string>();
  readonly #texts: string[] = [];
  #more = 0;

  /** Adds a fault, unless there is one with the same `subject` already. */
  add(subject: string, text: string): void {
    if (this.#subjects.has(subject)) return;
    if (this.#texts.length === MAX_FAULTS) {
      this.#more += 1;
      return;
    }
    this.#subjects.add(subject);
    this.#texts.push(text);
  }

  texts(): readonly string[] {
    return this.#more === 0 ? [...this.#texts] : [...this.#texts, `and ${this.#more} more faults`];
  }
}
