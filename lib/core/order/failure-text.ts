const MAX_LENGTH = 160;

/**
 * k6's words for a request without an answer, so that the same failure reads the same every time: without addresses
 * and ports, moments, long numbers, and what it quotes of an answer.
 */
export function failureText(error: string): string {
  const text = error
    .replace(/^[A-Z][a-z]+ "[^"]*": /, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replace(/(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.%a-z]*\]):\d+/gi, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, '…')
    .replace(/\d{4,}/g, '…');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
