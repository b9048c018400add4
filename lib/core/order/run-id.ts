const SUFFIX_LENGTH = 4;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Returns the id of a run. It sorts by time and is safe in paths, labels and order ids: `20260131-235959-k3f9` (UTC).
 * `random` returns numbers in [0, 1), like Math.random.
 */
export function newRunId(epochMs: number, random: () => number): string {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '');
  let suffix = '';
  for (let i = 0; i < SUFFIX_LENGTH; i++) {
    suffix += ALPHABET[Math.floor(random() * ALPHABET.length)];
  }
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${suffix}`;
}
