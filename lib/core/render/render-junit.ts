import Builder from 'fast-xml-builder';
import { answerCases, type NamedCase } from '../../questions/answer-cases.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import type { Threshold } from '../report/schema/report-schema.ts';
import { failureLines } from '../summary/run/failure-texts.ts';
import { limitText, observedText } from '../summary/run/figure-texts.ts';
import { runSummary } from '../summary/run/run-summary.ts';
import { escapeText } from '../text/escape-text.ts';

/** Characters that XML 1.0 cannot hold: controls, lone surrogates, U+FFFE and U+FFFF. */
const NOT_XML = /[^\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const MAX_FAILURES = 10;

type Attributes = Readonly<Record<`@${string}`, string>>;
type TestCase = Attributes & {
  readonly skipped?: string;
  readonly error?: Attributes & { readonly '#text': string };
  readonly failure?: Attributes & { readonly '#text': string };
};

/**
 * The report as JUnit XML: one test suite, with test cases for the verdict, for each service level and
 * for each answer that can fail. A run that failed has failures, an invalid one has an error, and only one
 * that passed has neither. Cases that were not judged are skipped.
 *
 * The format is the one of Jenkins, which GitLab reads too. It also follows Ant's
 * (https://github.com/windyroad/JUnit-Schema), except for "skipped", which Ant's does not have.
 */
export function renderJunit(report: AnsweredReport): string {
  const { run, target } = report;
  const cases = [
    verdictCase(report),
    ...report.thresholds.map((threshold) => thresholdCase(report, threshold)),
    ...answerCases(report).map((one) => answerCase(report, one)),
  ];
  const count = (kind: 'failure' | 'error' | 'skipped') =>
    String(cases.filter((one) => one[kind] !== undefined).length);
  const properties = {
    run: run.id,
    target: target.baseUrl,
    profile: run.profile,
    status: run.status,
    suiteVersion: run.suiteVersion,
    k6Version: run.k6Version,
    ...(run.release !== undefined && { release: run.release }),
    ...(run.gitCommit !== null && { gitCommit: run.gitCommit }),
  };
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  const suite = {
    '@name': `${run.scenario} ${run.profile} against ${target.label}`,
    '@package': 'serverless-order-load',
    '@id': '0',
    '@hostname': 'localhost',
    '@timestamp': run.startedAt.replace(/(\.\d+)?Z$/, ''),
    '@time': String(Math.max(0, seconds)),
    '@tests': String(cases.length),
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    properties: {
      property: Object.entries(properties).map(([name, value]) => ({
        '@name': name,
        '@value': value,
      })),
    },
    testcase: cases,
    'system-out': failureLines(report, MAX_FAILURES).join('\n'),
    'system-err': '',
  };
  const builder = new Builder({ attributeNamePrefix: '@', ignoreAttributes: false, format: true });
  const xml = builder.build(clean({ testsuites: { testsuite: suite } }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
}

function verdictCase(report: AnsweredReport): TestCase {
  const { run } = report;
  const { reason, others, next } = runSummary(report).headline;
  const todo = next.map(
    ({ text, command }) => `Next: ${text}${command === null ? '.' : `: ${command}`}`,
  );
  const body = [reason, ...others, ...todo, ...failureLines(report, MAX_FAILURES)].join('\n');
  const named = testCase(run.scenario, 'verdict');
  if (run.verdict === 'pass') return named;
  const detail = { '@message': reason, '@type': run.verdict, '#text': body };
  return run.verdict === 'fail' ? { ...named, failure: detail } : { ...named, error: detail };
}

function thresholdCase({ run }: AnsweredReport, threshold: Threshold): TestCase {
  const { name, ok } = threshold;
  const text = `${observedText(threshold)}, required: ${limitText(threshold)}`;
  return judged(run, testCase(`${run.scenario}.thresholds`, name), ok ? 'ok' : 'broken', text);
}

function answerCase({ run }: AnsweredReport, { answer, name, state, text }: NamedCase): TestCase {
  return judged(run, testCase(`${run.scenario}.${answer}`, name), state, text);
}

/** In an invalid run only the verdict is an error: no service level and no answer counts as good or bad. */
function judged(
  { verdict }: AnsweredReport['run'],
  named: TestCase,
  state: NamedCase['state'],
  text: string,
): TestCase {
  if (verdict === 'invalid')
    return { ...named, skipped: `not judged, the run is invalid: ${text}` };
  if (state === 'ok') return named;
  // A rising load passes even though its steps above the capacity miss the service levels.
  if (state === 'open' || verdict === 'pass') return { ...named, skipped: `not judged: ${text}` };
  const [firstLine = ''] = text.split('\n');
  return { ...named, failure: { '@message': firstLine, '@type': 'fail', '#text': text } };
}

function testCase(classname: string, name: string): TestCase {
  return { '@classname': classname, '@name': name, '@time': '0' };
}

/** A copy of the value in which no text has a character that XML cannot hold. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .split('\n')
      .map((line) => escapeText(line).replace(NOT_XML, '\ufffd'))
      .join('\n');
  }
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
}
