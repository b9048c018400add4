import { Html, html } from './html.ts';

/** Script and style of the page, bundled, with the hashes by which its policy allows them. */
export interface PageAssets {
  readonly script: string;
  /** `sha256-…` of `script`, in base64. */
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
}

export interface PageFrame {
  readonly title: string;
  readonly main: Html;
  /** JSON for the script of the page. */
  readonly data: Html;
  readonly assets: PageAssets;
  /** Whether the page polls its server for updates. */
  readonly isLive: boolean;
}

/**
 * A whole page in one file. Its policy allows only this script and this style, by their hashes, so markup
 * that slipped through the escaping would do nothing, and a file opened from disk cannot use the network.
 */
export function renderPage({ title, main, data, assets, isLive }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    `script-src '${assets.scriptHash}'`,
    `style-src '${assets.styleHash}'`,
    ...(isLive ? ["connect-src 'self'"] : ["require-trusted-types-for 'script'"]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en"${isLive ? html` data-live` : null}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(assets.style)}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<main id="report" tabindex="-1">
${main}
</main>
<script type="application/json" id="data">${data}</script>
<script>${new Html(assets.script)}</script>
</body>
</html>
`.text;
}
