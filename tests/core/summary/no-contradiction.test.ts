import { describe, expect, it } from 'vitest';
import { runSummary } from '../../../lib/core/summary/run/run-summary.ts';
import { allReports } from '../../page/sample-reports.ts';
import { everythingSaid, type Said } from './said.ts';

/** Pairs of claims of which one output may make at most one. */
const RIVALS: readonly (readonly [one: RegExp, other: RegExp])[] = [
  [/\bthe same load\b/i, /\b(?:an?other|different) load\b|\bloads? differs?\b|^other load\b/im],
  [/\bthe same profile\b/i, /\bprofiles? differs?\b|\bother profile\b/i],
  [/\bno rate (?:clearly )?held\b/i, /\bhighest rate that held\b|\b\d\/s held\b/i],
  [/\bevery SLO was met\b/i, /✕ missed|\bSLO was missed\b/i],
  [/\bno order failed\b|\bnothing failed\b/i, /\b(?!0 )\d+ (?:throttled|dropped|timeouts?)\b/i],
  [/\bdid not break\b|\bnothing broke it\b/i, /\bbroke at\b/i],
  [/\bwas not reached\b/i, /\bcapacity is \d/i],
];

/** Figures that have one value for a run, wherever it is written: each pattern finds the figure in its first group. */
const SINGLE: readonly RegExp[] = [
  /\bcapacity (?:is|was|of) (?:about )?([\d.,]+\/s)/gi,
  /\bbroke at ([\d.,]+\/s)/gi,
  /\bhighest rate that held:? (?:is |was )?([\d.,]+\/s)/gi,
  /\bsuccess (?:is|was) ([\d.]+%)/gi,
];

const SAID = everythingSaid();

describe.each(SAID)('$output of $name', (said) => {
  it('makes no two claims of which one must be wrong', () => {
    const text = textOf(said);
    const both = RIVALS.filter(([one, other]) => one.test(text) && other.test(text));
    expect(both.map(([one, other]) => `${one.exec(text)?.[0]} / ${other.exec(text)?.[0]}`)).toEqual(
      [],
    );
  });

  it('gives each figure of which there is one the same value', () => {
    const text = textOf(said);
    for (const pattern of SINGLE) {
      const values = new Set([...text.matchAll(pattern)].map(([, value]) => value));
      expect([...values].slice(1), String(pattern)).toEqual([]);
    }
  });
});

describe.each(allReports())('the run $name', ({ name, report }) => {
  const { headline } = runSummary(report);
  const outputs = SAID.filter((one) => one.name === `run: ${name}`);

  it('gives the same reason everywhere', () => {
    const reason = plain(headline.reason);
    const silent = outputs.filter((one) => !plain(textOf(one)).includes(reason));
    // A test case that passed has no message.
    const expected = report.run.verdict === 'pass' ? ['junit'] : [];
    expect(silent.map(({ output }) => output)).toEqual(expected);
  });

  it('says the next step wherever it says the verdict', () => {
    for (const { text } of headline.next.slice(0, 1)) {
      const silent = outputs.filter((one) => !plain(textOf(one)).includes(plain(text)));
      expect(silent.map(({ output }) => output).filter((output) => output !== 'junit')).toEqual([]);
    }
  });

  it('passes no run beside an SLO that it calls missed', () => {
    if (headline.tone === 'bad' || headline.tone === 'open') return;
    const page = outputs.find(({ output }) => output === 'page');
    // A column of a chart's table may be for the steps that missed it.
    const said = page?.blocks.filter(({ element }) => element !== 'th') ?? [];
    expect(said.filter(({ text }) => /^(?:✕ )?missed$/.test(text))).toEqual([]);
  });
});

function textOf({ blocks }: Said): string {
  return blocks
    .filter(({ element }) => element !== 'aria')
    .map(({ text }) => text)
    .join('\n');
}

/** Letters and figures only, so escapes, marks and line ends make no difference. */
function plain(text: string): string {
  return text
    .replace(/\.(?!\d)/g, ' ')
    .replace(/[^\p{L}\p{N}%/.]+/gu, ' ')
    .trim()
    .toLowerCase();
}
