/**
 * Shows the reason of a verdict while the pointer is over it or it has the focus. Escape hides it. The tip stands apart
 * from the table, whose box would cut it off.
 */
export function showReasons(table: HTMLElement): void {
  const tip = document.getElementById('reason');
  if (tip === null) return;
  const show = ({ target }: Event): void => {
    const verdict = target instanceof Element ? target.closest<HTMLElement>('[data-reason]') : null;
    if (verdict === null) return;
    tip.textContent = verdict.dataset['reason'] ?? '';
    tip.hidden = false;
    const { left, bottom, top } = verdict.getBoundingClientRect();
    const below = bottom + 4;
    const hasRoom = below + tip.offsetHeight <= innerHeight;
    tip.style.left = `${Math.max(8, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${hasRoom ? below : top - tip.offsetHeight - 4}px`;
  };
  const hide = (): void => {
    tip.hidden = true;
  };
  table.addEventListener('mouseover', show);
  table.addEventListener('focusin', show);
  table.addEventListener('mouseout', hide);
  table.addEventListener('focusout', hide);
  table.addEventListener('scroll', hide);
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
}
