import type { HistoryEntry } from '../../history/history-entry.ts';
import { formatMs } from '../../report/format-figure.ts';

/** Facts about a load that are mentioned only if they are unusual; names as in `loadFacts`. */
const USUAL: Readonly<
  Record<string, { readonly usual: string; readonly text: (value: string) => string }>
> = {
  script: { usual: 'of the suite', text: () => 'your own scenario' },
  retries: { usual: '0%', text: (share) => `${share} sent again` },
  request: { usual: 'POST /orders', text: (request) => request },
  order: { usual: 'as in the contract', text: (hash) => `orders of config ${hash.slice(0, 6)}` },
  auth: { usual: 'none', text: (kind) => `auth ${kind}` },
  headers: { usual: 'none', text: (names) => `headers ${names}` },
  http: { usual: 'as the target offers', text: (version) => version },
  clients: { usual: '1', text: (count) => `${count} clients` },
  store: { usual: 'memory', text: (store) => `store ${store}` },
  settings: { usual: '', text: (hash) => `settings ${hash.slice(0, 6)}` },
};

/** What is unusual about the load of a series, one short text each, and its request timeout. */
export function loadChanges({ facts, load }: Pick<HistoryEntry, 'facts' | 'load'>): string[] {
  if (facts === undefined) return ['recorded before the history kept every detail of the load'];
  const { arrivals = 'even' } = load;
  return [
    ...(arrivals === 'even' ? [] : [arrivals]),
    ...Object.entries(USUAL).flatMap(([name, { usual, text }]) => {
      const value = facts[name];
      return value === undefined || value === usual ? [] : [text(value)];
    }),
    ...(facts['timeout'] === undefined ? [] : [`timeout ${timeText(facts['timeout'])}`]),
  ];
}

/** The history keeps the timeout in ms. */
function timeText(fact: string): string {
  const ms = /^(\d+) ms$/.exec(fact)?.[1];
  return ms === undefined ? fact : formatMs(Number(ms));
}
