import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Report } from '../../lib/core/report/schema/report-schema.ts';
import type { Cell } from '../../lib/core/text/statement.ts';
import { answerCases } from '../../lib/questions/answer-cases.ts';
import { answerReport } from '../../lib/questions/answer-report.ts';
import { answerTexts } from '../../lib/questions/answer-texts.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import type { AnswerText } from '../../lib/questions/question.ts';
import { ANSWER_RULES } from '../../lib/questions/registry.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { driftOfSimulatedSoak, type SimulatedSoak } from '../../studies/drift/simulated-soak.ts';
import { rampReport, type Target, throttling } from '../core/judge/sample-steps.ts';
import { repeat, sampleReport } from '../core/report/sample-run.ts';
import { abReport, slowerB } from './ab/sample-ab-report.ts';
import { facts, reportOf } from './batch/sample-queue.ts';
import { records, report as smokeReport } from './smoke/sample-contract.ts';
import { BURST_END_MS, brokenUntil, simulateBurst, well } from './spike/simulated-burst.ts';

const TARGETS: readonly Target[] = [
  throttling(100),
  throttling(1000),
  throttling(5),
  (rate, orders) =>
    rate < 60
      ? { created: repeat(orders, 20) }
      : { created: repeat(orders - 60, 900), connection: repeat(40, 1), timeout: repeat(20, 5000) },
  (rate, orders) => ({ created: repeat(rate > 100 ? Math.round(orders * 0.8) : orders, 20) }),
];

const limited = (report: Report, concurrencyLimit: number): AnsweredReport =>
  answerReport({ ...report, target: { ...report.target, concurrencyLimit } });

const soak = (changes: Partial<SimulatedSoak>): AnsweredReport => ({
  ...sampleReport(),
  answers: {
    drift: driftOfSimulatedSoak({
      ...{ seed: 1, hours: 4, ratePerSecond: 2, driftPercentPerHour: 0 },
      ...changes,
    }),
  },
});

const platform = { sent: 1000, stored: 990, waiting: 4, deadLetters: 6 };

/** Reports of every question, with good and with bad answers. */
const REPORTS: Readonly<Record<string, readonly AnsweredReport[]>> = {
  capacity: [
    ...TARGETS.map((target) => answerReport(rampReport(target))),
    ...[2, 4, 50].map((limit) => limited(rampReport(throttling(100)), limit)),
    answerReport(rampReport(throttling(100), { status: 'interrupted', loadedSeconds: 5 })),
  ],
  breakpoint: [
    ...TARGETS.map((target) => answerReport(rampReport(target, { scenario: 'breakpoint' }))),
    limited(rampReport(throttling(100), { scenario: 'breakpoint', handlerMs: () => 15 }), 2),
  ],
  contract: [
    smokeReport(records()),
    smokeReport(records({ malformed: ['broken', '200, stored'], conflict: ['broken', '200'] })),
    smokeReport(records({ queueOrder: ['notOffered', '404'] })),
    smokeReport(records().slice(0, 3)),
    smokeReport([]),
  ],
  ab: [
    abReport(slowerB),
    abReport({ ...slowerB, rounds: 2, notSent: { 'r2-b': { inFlight: 4 } } }),
    abReport({ latencies: (arm) => (arm === 'b' ? [] : [10]) }),
  ],
  lag: [
    facts({}),
    facts({ platform }),
    facts({ platform: { ...platform, stored: 1000, waiting: 0, deadLetters: 0 } }),
    facts({ sample: { stored: 90, lost: 10 }, reads: { found: 90, lost: 10 } }),
    facts({ sample: { stored: 0 }, reads: { found: 0, unreadable: 100 } }),
    facts({ sample: { withoutStoredAt: 100 } }),
  ].map((queue) => answerReport(reportOf(queue))),
  burst: [
    simulateBurst(well),
    simulateBurst(brokenUntil(12_000, () => ({ latencyMs: 5000, outcome: 'timeout' }))),
    simulateBurst(brokenUntil(BURST_END_MS, () => ({ latencyMs: 3, outcome: 'serverError' }))),
    simulateBurst(brokenUntil(1e9, () => ({ latencyMs: 3, outcome: 'platformRejected' }))),
    simulateBurst(brokenUntil(1e9, () => ({ latencyMs: 3, outcome: null }))),
  ],
  drift: [
    soak({}),
    soak({ driftPercentPerHour: 8 }),
    soak({ hours: 8 }),
    soak({ hours: 1 / 60, ratePerSecond: 20 }),
    soak({ hours: 8, step: { fromHours: 7, factor: 1.5 } }),
  ],
};

const RECORDED = ['pass', 'fail', 'invalid'].map((name) => {
  const file = new URL(`../../docs/samples/${name}.json`, import.meta.url);
  return parseReport(readFileSync(file, 'utf8'), name);
});

const cases = [...Object.entries(REPORTS), ['recorded', RECORDED] as const].flatMap(
  ([name, reports]) => reports.map((report, nth) => ({ name: `${name} ${nth + 1}`, report })),
);

/** Keys and values of the schemas of all answers that nobody would say: those in camel case. */
const KEYS = new Set(
  ANSWER_RULES.flatMap(
    ({ schema }) =>
      JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })).match(
        /(?<=")[a-z]+(?:[A-Z][a-z]*)+(?=")/g,
      ) ?? [],
  ),
);

const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

/** Sentences and parts of sentences that say something of the run. */
function statementsOf({ lines, tile, plots = [] }: AnswerText): string[] {
  const notes = plots.flatMap(({ note, summary }) => [note, summary]);
  return [...lines, tile?.note ?? '', ...notes];
}

function wordsOf(answer: AnswerText): string[] {
  const { question, tile, tables = [], plots = [] } = answer;
  return [
    question,
    ...statementsOf(answer),
    ...(tile === undefined ? [] : [tile.label, tile.value]),
    ...tables.flatMap(({ caption, columns, rows }) => [
      caption,
      ...columns.map(({ head }) => head),
      ...rows.flat().map(cellText),
    ]),
    ...plots.flatMap(({ title, x, y, lines, levels }) => [
      ...[title, x.label, y.label],
      ...[...lines.map(({ name }) => name), ...levels.map(({ label }) => label)],
    ]),
  ];
}

it('plots in colors that the page has', () => {
  const css = readFileSync(new URL('../../lib/page/page.css', import.meta.url), 'utf8');
  const plots = cases.flatMap(({ report }) =>
    answerTexts(report).flatMap((one) => one.plots ?? []),
  );
  const colors = new Set(plots.flatMap(({ lines }) => lines.map(({ color }) => color)));
  expect([...colors].filter((color) => !css.includes(`--${color}:`))).toEqual([]);
  expect(colors.size).toBeGreaterThan(3);
});

it('has reports of every question', () => {
  expect(Object.keys(REPORTS).sort()).toEqual(ANSWER_RULES.map(({ key }) => key).sort());
  for (const [key, reports] of Object.entries(REPORTS)) {
    for (const { answers } of reports) expect(Object.keys(answers)).toContain(key);
  }
});

describe.each(cases)('the answer of $name', ({ report }) => {
  const answers = answerTexts(report);

  it('shows no key of its schema as a word', () => {
    const said = [
      ...answers.flatMap(wordsOf),
      ...answerCases(report).map(({ text }) => text),
      ...report.run.reasons,
    ];
    const words = new Set(said.flatMap((text) => text.match(/[A-Za-z]+/g) ?? []));
    expect([...words].filter((word) => KEYS.has(word))).toEqual([]);
  });

  it('says no sentence twice', () => {
    const statements = [...report.run.reasons, ...answers.flatMap(statementsOf)];
    const sentences = statements
      .flatMap((text) => text.split(/(?<=[.?!]) /))
      .filter((sentence) => sentence.length > 12);
    const twice = sentences.filter((sentence, nth) => sentences.indexOf(sentence) !== nth);
    expect(twice).toEqual([]);
  });

  it('shows no figure that is none', () => {
    expect(answers.flatMap(wordsOf).join('\n')).not.toMatch(/NaN|undefined|Infinity/);
  });
});
