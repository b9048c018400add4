/** Lets a screen reader say a sentence. */
export function announce(sentence: string): void {
  prepareAnnouncer().textContent = sentence;
}

/**
 * Screen readers only hear what changes in an element that was there before. It is no part of the markup, because a page
 * is replaced while its run goes on.
 */
export function prepareAnnouncer(): HTMLElement {
  const present = document.getElementById('announcer');
  if (present !== null) return present;
  const created = document.createElement('p');
  created.id = 'announcer';
  created.className = 'unseen';
  created.setAttribute('role', 'status');
  document.body.append(created);
  return created;
}
