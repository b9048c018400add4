/** How long to wait after a failed request; a run that has ended no longer responds. */
const RETRY_MS = 1000;
const MAX_FAILURES = 3;

/**
 * Replaces the report on the page with newer ones during the run. Each request is answered when there is something
 * newer; the last response has the report as written to disk.
 */
export function followRun({
  replacing,
  replaced,
}: {
  readonly replacing: () => void;
  readonly replaced: () => void;
}): void {
  const client = Math.random().toString(36).slice(2);
  let failures = 0;
  const next = async (): Promise<void> => {
    try {
      const response = await fetch(`/next?client=${client}`);
      if (!response.ok) throw new Error(String(response.status));
      failures = 0;
      replace(await response.text(), replacing);
      replaced();
      if (response.headers.get('x-run') === 'ended') return;
    } catch {
      failures += 1;
      if (failures >= MAX_FAILURES) return lost();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    return next();
  };
  void next();
}

/** Scripts of a parsed page never run; only its visible content and its data are used. */
function replace(page: string, replacing: () => void): void {
  const parsed = new DOMParser().parseFromString(page, 'text/html');
  const open = [...document.querySelectorAll('details[open]')].map(placeOf);
  const focused = focusedSelector();
  replacing();
  for (const id of ['report', 'data']) {
    const [from, to] = [parsed.getElementById(id), document.getElementById(id)];
    if (from === null || to === null) continue;
    to.replaceChildren(...from.childNodes);
  }
  document.title = parsed.title;
  for (const details of document.querySelectorAll('details')) {
    if (open.includes(placeOf(details))) details.open = true;
  }
  if (focused !== null) {
    document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }
}

/** Finds the focused chart or the focused element with an id again. */
function focusedSelector(): string | null {
  const { chart, plot } =
    document.activeElement?.closest<HTMLElement>('.plot')?.dataset ?? ({} as DOMStringMap);
  if (chart !== undefined) return `[data-chart="${CSS.escape(chart)}"]`;
  if (plot !== undefined) return `[data-plot="${CSS.escape(plot)}"]`;
  const id = document.activeElement?.closest('[id]')?.id;
  return id === undefined ? null : `#${CSS.escape(id)}`;
}

/** By which a newer page has the same element again. */
const placeOf = (element: Element) => element.closest('[id]')?.id;

function lost(): void {
  const facts = document.querySelector('.verdict .facts');
  facts?.append(' · The run no longer responds: its command has ended.');
}
