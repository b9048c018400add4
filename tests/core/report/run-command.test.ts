import { describe, expect, it } from 'vitest';
import { otherCommand, runCommand } from '../../../lib/core/report/run-command.ts';
import { sampleReport } from './sample-run.ts';

const ranAs = (...command: readonly string[]) => sampleReport({}, { context: { command } });

describe('runCommand', () => {
  it.each([
    ['no flag', ['steady'], 'npm run load:steady'],
    [
      'flags, quoted for a shell where needed',
      ['spike', '--label', "it's mine", '--no-abort'],
      "npm run load:spike -- --label 'it'\\''s mine' --no-abort",
    ],
    [
      'a scenario of the user',
      ['--scenario', 'flows/a b.ts', '--rate', '5'],
      "npm run load -- --scenario 'flows/a b.ts' --rate 5",
    ],
  ])('repeats %s', (_, command, text) => {
    expect(runCommand(ranAs(...command))).toBe(text);
  });

  it('changes an option in its place, adds others and leaves some out', () => {
    const report = ranAs('ramp', '--rate', '100', '--refine', '2', '--deployment', 'naive-128');
    const changes = { duration: '48s', rate: '200', refine: null, exact: true } as const;
    expect(runCommand(report, changes)).toBe(
      'npm run load:ramp -- --rate 200 --deployment naive-128 --duration 48s --exact',
    );
  });

  it('is not known for an older report', () => {
    expect(runCommand(sampleReport())).toBeNull();
    expect(otherCommand(sampleReport(), 'ramp')).toBeNull();
  });
});

describe('otherCommand', () => {
  it('keeps the target and how to get into it, and nothing of the load', () => {
    const report = ranAs(
      ...['spike', '--target', 'https://api.example.com', '--rate', '70', '--profile', 'quick'],
      ...['--bearer-env', 'TOKEN', '--allow-host', 'api.example.com', '--no-abort'],
      ...['--out', 'results/mine', '--http1'],
    );
    expect(otherCommand(report, 'ramp', { rate: '44' })).toBe(
      'npm run load:ramp -- --target https://api.example.com --bearer-env TOKEN --allow-host api.example.com --http1 --rate 44',
    );
  });
});
