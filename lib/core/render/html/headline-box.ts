import { type Headline, type NextStep, TONE_MARKS } from '../../text/statement.ts';
import { type Html, html } from './html.ts';

export interface HeadlineFrame {
  /** What the page is about, above the headline. */
  readonly subject: Html;
  /** Behind the word: "interrupted"; null for none. */
  readonly status: string | null;
  /** Small print below the reasons; null for none. */
  readonly facts: Html | null;
  /** It heads a part of a page, which has a heading and a theme button of its own. */
  readonly isPart?: true;
}

/** The box at the top of a page: what it is about, the outcome, its reasons, and what to do next. */
export function renderHeadline(
  { tone, word, reason, others, next }: Headline,
  { subject, status, facts, isPart }: HeadlineFrame,
): Html {
  const outcome = html`<span class="mark" aria-hidden="true">${TONE_MARKS[tone]}</span> ${word}${status === null ? null : html` <span class="status">${status}</span>`}`;
  return html`<header class="verdict ${tone}">
<div class="bar">
<p class="what">${subject}</p>
${isPart ? null : html`<button type="button" id="theme" hidden>Theme</button>`}
</div>
${isPart ? html`<h2>${outcome}</h2>` : html`<h1>${outcome}</h1>`}
<p class="reason">${reason}</p>
${others.length === 0 ? null : html`<ul class="reasons">${others.map((other) => html`<li>${other}</li>`)}</ul>`}
${renderNext(next)}
${facts === null ? null : html`<p class="facts">${facts}</p>`}
</header>`;
}

function renderNext(steps: readonly NextStep[]): Html | null {
  if (steps.length === 0) return null;
  return html`<div class="next"><strong>Next:</strong>${steps.map(
    ({ text, command }) =>
      html`<p>${text}${command === null ? '.' : html`: <span class="command"><code>${command}</code> <button type="button" class="copy" hidden>Copy</button></span>`}</p>`,
  )}</div>`;
}
