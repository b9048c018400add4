/** The URL without credentials, query and fragment, which may hold secrets. */
export function publicUrl(url: string): string {
  const withoutQuery = url.replace(/[?#].*$/s, '');
  return withoutQuery.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
