type Theme = 'light' | 'dark';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

function currentTheme(): Theme {
  const chosen = root.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemDark.matches ? 'dark' : 'light';
}

/** The button shows the theme that pressing it selects. May be called again, which updates the button. */
export function prepareThemeButton(): void {
  const button = document.getElementById('theme');
  if (button === null) return;
  const other = (): Theme => (currentTheme() === 'dark' ? 'light' : 'dark');
  const label = () => {
    button.textContent = `${other() === 'dark' ? '☾ Dark' : '☀ Light'}`;
    button.setAttribute('aria-label', `Switch to ${other()} colours`);
  };
  button.hidden = false;
  label();
  // This may be called again for the same button, and a second listener would undo the first.
  button.onclick = () => {
    root.dataset['theme'] = other();
    label();
    root.dispatchEvent(new Event('themechange'));
  };
}

/**
 * Calls back whenever canvases need other colours or another width: the theme was switched, the window was resized, or
 * the page is printed, which is always light.
 */
export function onThemeChange(redraw: () => void): void {
  root.addEventListener('themechange', redraw);
  systemDark.addEventListener('change', () => {
    prepareThemeButton();
    redraw();
  });
  let timer = 0;
  addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, 100);
  });
  let before: string | undefined;
  addEventListener('beforeprint', () => {
    before = root.dataset['theme'];
    root.dataset['theme'] = 'light';
    root.dataset['paper'] = '';
    redraw();
  });
  addEventListener('afterprint', () => {
    delete root.dataset['paper'];
    if (before === undefined) delete root.dataset['theme'];
    else root.dataset['theme'] = before;
    redraw();
  });
}

/** A colour of the style sheet, by the name of its variable, in a form that a canvas accepts. */
export function colorOf(name: string): string {
  // A variable that depends on the theme is only resolved when a property uses it.
  const probe = document.getElementById('announcer') ?? document.body;
  const before = probe.style.color;
  probe.style.color = `var(--${name})`;
  const { color } = getComputedStyle(probe);
  probe.style.color = before;
  return color;
}
