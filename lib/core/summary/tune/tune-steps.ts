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

/** How to see what the change did; nothing for a sweep by direct invocation, which has no load. */
export function compareSteps({ subject }: TuneResult): readonly NextStep[] {
  if (subject.method === 'invoke') return [];
  return [
    {
      text: 'See what it changes: load the API before with --out results/before, after it with --out results/after, and compare',
      command: 'npm run compare -- results/before results/after',
    },
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
