import { formatCount } from '../../report/format-figure.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { NextStep } from '../../text/statement.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { sweepCommand, sweepFolder } from './sweep-command.ts';

/** What comes before everything else: settings that are not back yet, and a sweep that is not at its end. */
export function firstSteps(result: TuneResult): readonly NextStep[] {
  const { run, subject } = result;
  return [
    ...(subject.restored
      ? []
      : [{ text: 'Put the settings back', command: 'npm run tune -- --restore' }]),
    ...(run.status === 'interrupted'
      ? [
          {
            text: 'Go on where it was interrupted',
            command: `npm run tune:${result.kind} -- --resume ${shellWord(sweepFolder(result))}`,
          },
        ]
      : []),
  ];
}

/** The same sweep with more rounds. */
export function moreRounds(
  result: TuneResult,
  rounds: number,
  changes: Readonly<Record<`--${string}`, string>>,
): NextStep {
  return {
    text: `Measure them again in ${formatCount(rounds, 'round')}`,
    command: sweepCommand(result, { ...changes, '--rounds': String(rounds) }),
  };
}
