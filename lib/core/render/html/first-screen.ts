import type { RunSubject, RunSummary } from '../../summary/run/run-summary.ts';
import { renderHeadline } from './headline-box.ts';
import { type Html, html } from './html.ts';
import { renderTiles } from './tiles.ts';

/** What a reader sees without scrolling: the outcome, its figures, and the load over time. */
export function renderFirstScreen(
  { headline, status, subject, tiles, smallTiles }: RunSummary,
  loadChart: Html | null,
): Html {
  const isRunning = headline.tone === 'running';
  const frame = { subject: subjectLine(subject), status, facts: factsLine(subject, isRunning) };
  return html`<div class="first">
${renderHeadline(headline, frame)}
${renderTiles(tiles)}
</div>
${renderTiles(smallTiles, 'small')}
${loadChart}`;
}

function subjectLine({ scenario, profile, label, target, url, release }: RunSubject): Html {
  const named = [label, release === null ? null : `release ${release}`].filter(
    (name) => name !== null,
  );
  return html`<strong>${scenario}</strong> ${profile}${named.map((name) => ` · ${name}`)} · ${target} <span class="url">${url}</span>`;
}

function factsLine({ runId, startedAt, endedAt }: RunSubject, isRunning: boolean): Html {
  return html`Run <code>${runId}</code> · ${momentOf(startedAt)}${isRunning ? null : html` to ${endOf(startedAt, endedAt)}`} UTC`;
}

/** ISO 8601 without T, fractions and Z. */
function momentOf(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

/** Without the date, if it is that of the start. */
function endOf(startIso: string, endIso: string): string {
  const [startDay] = startIso.split('T');
  const [endDay, time = ''] = momentOf(endIso).split(' ');
  return endDay === startDay ? time : momentOf(endIso);
}
