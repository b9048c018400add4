/** Nothing but a way up to an index.html, so that an address cannot lead anywhere else. */
const FROM_RESULTS = /^#from=((?:\.\.\/)+index\.html)$/;

/** Shows the link to the page of all results to a reader who came from there: the address then ends in its path. */
export function prepareBackLink(): void {
  const path = FROM_RESULTS.exec(location.hash)?.[1];
  const place = document.querySelector<HTMLElement>('.parts .back');
  const link = place?.querySelector('a');
  if (path === undefined || !place || !link) return;
  link.href = path;
  place.hidden = false;
}
