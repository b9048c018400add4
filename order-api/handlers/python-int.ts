const INTEGER_TEXT = /^[+-]?[0-9]+(?:_[0-9]+)*$/;

/**
 * Python's `int()` of a JSON value: fractions are cut off, texts like ` +1_000 ` and booleans are numbers. Null if
 * Python raises ValueError or TypeError. Also null outside ±2^53, which Python accepts but a JavaScript number cannot
 * represent; only ASCII digits are read.
 *
 * @throws RangeError for an infinite number (`1e999`), for which Python raises OverflowError.
 */
export function pythonInt(value: unknown): number | null {
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0;
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError('cannot convert infinity to an integer');
      return exact(Math.trunc(value));
    case 'string': {
      const text = value.trim();
      return INTEGER_TEXT.test(text) ? exact(Number(text.replaceAll('_', ''))) : null;
    }
    default:
      return null;
  }
}

function exact(value: number): number | null {
  // Adding 0 turns -0 into 0.
  return Number.isSafeInteger(value) ? value + 0 : null;
}
