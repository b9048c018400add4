import { InvalidArgumentError } from 'commander';

/** A commander parser for a number from `min` to `max`. */
export function number(min: number, max: number, unit = ''): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}${unit}.`);
  };
}

/** A commander parser for a whole number from `min` to `max`. */
export function whole(min: number, max: number, unit = ''): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}${unit}.`);
  };
}
