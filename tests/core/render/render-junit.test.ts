import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { renderJunit } from '../../../lib/core/render/render-junit.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { repeat, sampleReport } from '../report/sample-run.ts';
import { hostileReport } from './hostile-report.ts';

const SCHEMA = fileURLToPath(new URL('schemas/jenkins-junit.xsd', import.meta.url));

async function schemaErrors(xml: string): Promise<readonly string[]> {
  const { valid, errors } = await validateXML({ xml, schema: await readFile(SCHEMA, 'utf8') });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}

const failed = () =>
  sampleReport({ latencies: { created: repeat(900, 20), serverError: repeat(100, 2) } });
const invalid = () => sampleReport({ changes: { ended: false } });

const counts = (xml: string) => {
  const attribute = (name: string) => Number(new RegExp(`${name}="(\\d+)"`).exec(xml)?.[1]);
  const elements = (name: string) => xml.match(new RegExp(`<${name}[ >]`, 'g'))?.length ?? 0;
  return {
    said: ['tests', 'failures', 'errors', 'skipped'].map(attribute),
    there: ['testcase', 'failure', 'error', 'skipped'].map(elements),
  };
};

it.each<[string, () => AnsweredReport, number[]]>([
  ['passed', () => sampleReport(), [4, 0, 0, 0]],
  ['failed', failed, [4, 2, 0, 0]],
  ['invalid', invalid, [4, 0, 1, 3]],
  ['hostile', () => hostileReport(), [5, 2, 0, 0]],
])(
  'a %s run is what the schema of Jenkins takes, and its counts add up',
  async (_, make, expected) => {
    const xml = renderJunit(make());
    expect(await schemaErrors(xml)).toEqual([]);
    expect(counts(xml)).toEqual({ said: expected, there: expected });
  },
);

it('the schema turns away what is not JUnit', async () => {
  const broken = renderJunit(sampleReport()).replace('<testcase ', '<case ');
  expect(await schemaErrors(broken)).not.toEqual([]);
  const unknown = renderJunit(sampleReport()).replace(' tests="', ' test="');
  expect(await schemaErrors(unknown)).not.toEqual([]);
});

it('names the service level that was missed, with both figures', () => {
  expect(renderJunit(failed())).toMatch(
    /name="success" time="0">\s*<failure message="90%, required: at least 99%"/,
  );
});

it('calls nothing good in a run that proves nothing', () => {
  expect(renderJunit(invalid()).match(/<testcase [^>]*(\/>|><\/testcase>)/g)).toBeNull();
});

it('does not fail the service levels of a staircase, which is to miss them', () => {
  const report = failed();
  const xml = renderJunit({ ...report, run: { ...report.run, verdict: 'pass', scenario: 'ramp' } });
  expect(counts(xml).there).toEqual([4, 0, 0, 1]);
});

it.each([
  ['belowFirstStep', 'failure'],
  ['notDetermined', 'skipped'],
] as const)('a staircase that is %s has a %s', (status, element) => {
  const report = failed();
  const why = 'because of this';
  const breakpoint = {
    status,
    why,
    firstBreach: null,
    collapse: null,
    peakServed: null,
    highestRatePerSecond: null,
    stoppedBecause: null,
    steps: [],
  };
  expect(renderJunit({ ...report, answers: { breakpoint } })).toMatch(
    new RegExp(`name="the first step is within the SLO" time="0">\\s*<${element}[^>]*>.*${why}`),
  );
});
