const SHORTEST_SECRET = 4;

/**
 * A function that replaces every secret in a text by `***`, in the spellings that logs use (plain,
 * URL-encoded, JSON-escaped). Secrets of less than four characters are left: replacing every "a"
 * would destroy the log and tell the secret.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    spellings.add(secret);
    spellings.add(encodeURIComponent(secret));
    spellings.add(JSON.stringify(secret).slice(1, -1));
  }
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
