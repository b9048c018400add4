import { EXIT } from '../../core/errors/user-error.ts';

/**
 * Makes a run, and repeats it once if it is INVALID; `make` then gets the INVALID one. `last` is the run that counts,
 * which may be INVALID again.
 */
export async function onceMoreIfInvalid<Run extends { readonly exitCode: number | null }>(
  make: (invalid: Run | null) => Promise<Run>,
): Promise<{ readonly invalid: Run | null; readonly last: Run }> {
  const first = await make(null);
  if (first.exitCode !== EXIT.invalid) return { invalid: null, last: first };
  return { invalid: first, last: await make(first) };
}
