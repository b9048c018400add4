const MAX_FAULTS = 20;

/** Reasons why figures cannot be trusted, each said once, so that a long run cannot fill the memory. */
export class FaultList {
  readonly #said = new Set<string>();
  readonly #texts: string[] = [];
  #more = 0;

  /** `subject` is what is said only once, however often it happens. */
  add(subject: string, text: string): void {
    if (this.#said.has(subject)) return;
    if (this.#texts.length === MAX_FAULTS) {
      this.#more += 1;
      return;
    }
    this.#said.add(subject);
    this.#texts.push(text);
  }

  texts(): readonly string[] {
    return this.#more === 0 ? [...this.#texts] : [...this.#texts, `and ${this.#more} more faults`];
  }
}
