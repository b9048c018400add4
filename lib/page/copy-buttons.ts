/** How long a button says that it has copied. */
const SAID_MS = 2000;

/** Shows the buttons that copy the command beside them. May be called again for new ones. */
export function prepareCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.command .copy')) {
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.onclick = () => void copyBeside(button);
  }
}

async function copyBeside(button: HTMLButtonElement): Promise<void> {
  const command = button.parentElement?.querySelector('code');
  if (!command) return;
  button.textContent = (await isCopied(command)) ? 'Copied' : 'Selected';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, SAID_MS);
}

/** Without the right to write to the clipboard, the command is selected and copied as by hand. */
async function isCopied(command: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(command.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(command);
    return document.execCommand('copy');
  }
}
