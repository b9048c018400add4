import { answerTexts } from '../../../questions/answer-texts.ts';
import type { AnswerText } from '../../../questions/question.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { type Html, html } from './html.ts';
import { renderLinePlot } from './line-plot.ts';
import { renderTextTable } from './text-table.ts';

/** The answer to each question of the run: in words, as plots, and as tables of the figures behind it. */
export function renderAnswers(report: AnsweredReport): Html | null {
  const texts = answerTexts(report);
  if (texts.length === 0) return null;
  return html`<section aria-labelledby="answers"><h2 id="answers">Answer</h2>${texts.map(renderAnswer)}</section>`;
}

function renderAnswer({
  question,
  lines: [lead, ...others],
  plots = [],
  tables = [],
}: AnswerText): Html {
  const list = others.map((line) => html`<li>${line}</li>`);
  return html`<article class="answer"><h3>${question}</h3>${
    lead === undefined ? null : html`<p class="lead">${lead}</p>`
  }${list.length === 0 ? null : html`<ul>${list}</ul>`}</article>${plots.map(renderLinePlot)}${tables.map(renderTextTable)}`;
}
