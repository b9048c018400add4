import type { Env } from '../../core/config/env.ts';
import { startProcess } from '../../node/process/start-process.ts';

/** Opens a file in the user's browser without waiting for it. */
export function openInBrowser(file: string, env: Env, say: (line: string) => void): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const browser = startProcess({ file: opener, args: [file], env, ownGroup: true });
  browser.unref();
  void browser.ended.then(({ error }) => {
    if (error !== null) say(`there is no ${opener} here; open ${file} yourself`);
  });
}
