const MAX_LENGTH = 160;

/**
 * Returns k6's error text for a request without a response, in a form that is the same for every such failure: without
 * addresses, ports, times, long numbers and quotes from the response.
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
