import { InvalidArgumentError } from 'commander';

/** A commander parser for names separated by commas, each from `known`; `kind` says what they name, for the error. */
export function nameList<Name extends string>(
  kind: string,
  known: readonly Name[],
): (text: string) => readonly Name[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    const unknown = names.find((name) => !(known as readonly string[]).includes(name));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(
        `There is no ${kind} "${unknown}"; expected ${known.join(', ')}.`,
      );
    }
    return [...new Set(names)] as Name[];
  };
}
