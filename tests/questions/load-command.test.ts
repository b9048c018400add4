import { describe, expect, it } from 'vitest';
import { PROFILE_NAMES } from '../../lib/core/load/load-plan.ts';
import { scaleStages } from '../../lib/core/load/stages.ts';
import type { Report } from '../../lib/core/report/schema/report-schema.ts';
import { parseDuration } from '../../lib/core/text/parse-duration.ts';
import { abCommand, calibrateCommand, loadCommand } from '../../lib/questions/load-command.ts';
import { QUESTIONS } from '../../lib/questions/registry.ts';
import { samplePlan, sampleReport } from '../core/report/sample-run.ts';

const [STEADY] = QUESTIONS;
const EMBEDDED = { label: 'x', baseUrl: 'http://127.0.0.1:41515', platform: 'local' } as const;
const target = (changes: Partial<Report['target']>): Report['target'] => ({
  ...sampleReport().target,
  ...changes,
});

/** A report of a question as its profile plans it, against the embedded order API. */
function planned(question: (typeof QUESTIONS)[number]['profile'], changes = {}): Report {
  const { name: scenario, slo, requestTimeoutMs, arrivals } = question;
  const plan = { scenario, slo, requestTimeoutMs, arrivals, stages: question.stages.standard };
  const report = sampleReport(
    {},
    { plan: samplePlan({ ...plan, profile: 'standard', ...changes }) },
  );
  return { ...report, target: target(EMBEDDED) };
}

/** The value of an option in a command. */
const valueIn = (command: string | null, option: string) =>
  new RegExp(` ${option} (\\S+)`).exec(command ?? '')?.[1];

describe('loadCommand', () => {
  it.each(QUESTIONS)('needs no option for $profile.name as it is planned', ({ profile }) => {
    expect(loadCommand(planned(profile))).toBe(`npm run load:${profile.name}`);
  });

  it('gives rate and duration that lead to the same stages', () => {
    for (const { profile } of QUESTIONS) {
      for (const name of PROFILE_NAMES) {
        const stages = scaleStages(profile.stages[name], 37, 444);
        const command = loadCommand(planned(profile, { profile: name, stages }));
        const ms = parseDuration(valueIn(command, '--duration') ?? '');
        const rate = Number(valueIn(command, '--rate'));
        expect(scaleStages(profile.stages[name], rate, (ms as number) / 1000)).toEqual(stages);
      }
    }
  });

  it('names what else differs from the defaults, and allows the host', () => {
    const changes = {
      profile: 'quick',
      stages: STEADY.profile.stages.quick,
      arrivals: { kind: 'cv', cv: 2 },
      requestTimeoutMs: 1500,
      slo: { successRatio: 0.9, p95Ms: 250 },
    };
    const report = { ...planned(STEADY.profile, changes), target: sampleReport().target };
    expect(loadCommand(report, { history: 'my history' })).toBe(
      "npm run load:steady -- --target https://api.example.com/prod --allow-host api.example.com --profile quick --arrivals cv:2 --timeout 1s500ms --slo-success 0.9 --slo-p95 250 --history 'my history'",
    );
  });

  it('quotes what a shell would take apart, and allows no host of this machine', () => {
    const odd = target({ baseUrl: "http://localhost:1/a'b;c", platform: 'other' });
    expect(loadCommand({ ...planned(STEADY.profile), target: odd })).toBe(
      "npm run load:steady -- --target 'http://localhost:1/a'\\''b;c'",
    );
  });

  it('gets into the target as that run did, and makes the load of the other', () => {
    const at = planned(STEADY.profile, { profile: 'long', stages: STEADY.profile.stages.long });
    const command = [
      'steady',
      '--bearer-env',
      'TOKEN',
      '--target',
      'https://b.test',
      '--rate',
      '9',
    ];
    expect(loadCommand(planned(STEADY.profile), {}, { ...at, run: { ...at.run, command } })).toBe(
      'npm run load:steady -- --bearer-env TOKEN --target https://b.test',
    );
  });

  it('knows a scenario of the user’s own by the command of the run alone', () => {
    const report = planned(STEADY.profile);
    const own = { ...report, run: { ...report.run, ownScenario: true } };
    expect(loadCommand(own)).toBeNull();
    const command = ['--scenario', 'flow.ts', '--rate', '5'];
    expect(loadCommand({ ...own, run: { ...own.run, command } })).toBe(
      'npm run load -- --scenario flow.ts --rate 5',
    );
  });
});

it('makes pairs of another scenario than steady by its name', () => {
  const spike = QUESTIONS.find(({ profile }) => profile.name === 'spike');
  const naive = target({ ...EMBEDDED, deployment: 'naive-128' });
  const report = planned((spike ?? STEADY).profile);
  expect(calibrateCommand(report)).toBe('npm run calibrate -- --scenario-name spike');
  expect(calibrateCommand({ ...planned(STEADY.profile), target: naive })).toBe(
    'npm run calibrate -- --deployment naive-128',
  );
});

it('loads two targets in turn, if they are two', () => {
  const at = (of: Report['target']): Report => ({ ...planned(STEADY.profile), target: of });
  const [one, other] = ['old', 'new'].map((host) =>
    at(target({ baseUrl: `https://${host}.example.com` })),
  ) as [Report, Report];
  expect(abCommand(one, other, 'long')).toBe(
    'npm run load:ab -- --target https://old.example.com --allow-host old.example.com --allow-host new.example.com --profile long --target-b https://new.example.com',
  );
  expect(abCommand(one, one, 'long')).toBeNull();
  expect(abCommand(at(target(EMBEDDED)), one, 'long')).toBeNull();
  const tuned = at(target({ ...EMBEDDED, deployment: 'tuned-1024' }));
  expect(abCommand(at(target(EMBEDDED)), tuned, 'standard')).toBe(
    'npm run load:ab -- --deployment-b tuned-1024',
  );
  expect(abCommand(tuned, at(target(EMBEDDED)), 'standard')).toBeNull();
});
