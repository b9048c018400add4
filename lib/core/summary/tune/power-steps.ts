import { groupDigits } from '../../report/format-figure.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { NextStep } from '../../text/statement.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { PowerCell } from '../../tune/power/power-cell.ts';
import type { PowerResult } from '../../tune/schema/power-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { functionBefore } from './settings-before.ts';
import { sweepCommand } from './sweep-command.ts';
import { compareSteps, firstSteps, moreRounds } from './tune-steps.ts';

/** Sizes to try above those that were measured. */
const LARGER_MB = [512, 1024, 1769, 3008, 5120, 10_240];

/** What to do next after a power sweep, most important first. */
export function powerSteps(result: TuneResult, power: PowerResult): readonly NextStep[] {
  const { chosen } = power.choice;
  const first = firstSteps(result);
  if (result.run.status === 'interrupted') return first;
  const open = openStep(result, power);
  if (chosen === null) return [...first, open ?? largerStep(result, power)];
  return open === null
    ? [...first, ...setSteps(result, chosen)]
    : [...first, open, ...setSteps(result, chosen).slice(0, 1)];
}

/** More rounds for the sizes between which the measurement could not decide; null if nothing is open. */
function openStep(result: TuneResult, power: PowerResult): NextStep | null {
  const { choice, sizes } = power;
  const open =
    choice.chosen === null
      ? sizes.filter(({ status, keepsSlo }) => status !== 'failed' && keepsSlo !== false)
      : [choice.chosen, ...choice.notToldApart, ...choice.mayKeepSlo];
  if (open.length < (choice.chosen === null ? 1 : 2)) return null;
  const memory = [...new Set(open.map(({ memoryMb }) => memoryMb))].sort((a, b) => a - b);
  const needed = roundsToTell(result.run.rounds, power);
  if (needed === null) {
    return {
      text: 'Take either: it would take more than ten times the rounds to tell them apart',
      command: null,
    };
  }
  return moreRounds(result, needed, { '--memory': memory.join(',') });
}

/**
 * Rounds after which the interval of each open size would lie outside ±1%, or within it: its width shrinks with the
 * square root of the rounds. Null for more than ten times as many as there were.
 */
function roundsToTell(rounds: number, { choice, sizes, strategy, sloP95Ms }: PowerResult) {
  const isSpeed = strategy === 'speed' && sloP95Ms === null;
  const factors = sizes
    .filter((size) => choice.notToldApart.some((cell) => isSameCell(cell, size)))
    .map(({ againstChosen }) => {
      const ratio = isSpeed ? againstChosen?.duration : againstChosen?.cost;
      if (!ratio || ratio.low === null || ratio.high === null) return 4;
      const half = (ratio.high - ratio.low) / 2;
      return (half / Math.abs(Math.abs(ratio.value - 1) - 0.01)) ** 2;
    });
  const factor = Math.max(2, ...(factors.length === 0 ? [4] : factors));
  return factor > 10 ? null : Math.ceil(rounds * factor);
}

function largerStep(result: TuneResult, { sizes }: PowerResult): NextStep {
  const largest = Math.max(0, ...sizes.map(({ memoryMb }) => memoryMb));
  const larger = LARGER_MB.filter((mb) => mb > largest);
  return larger.length === 0
    ? {
        text: 'Make the function faster, or loosen the SLO: there is no larger size',
        command: null,
      }
    : {
        text: 'Try larger sizes',
        command: sweepCommand(result, { '--memory': larger.join(',') }),
      };
}

/** How to set the size, if the function has another one. */
function setSteps(result: TuneResult, chosen: PowerCell): readonly NextStep[] {
  const { subject } = result;
  const before = functionBefore(result);
  if (before !== null && isSameCell(before, chosen)) return [];
  if (subject.platform === 'local') {
    return [
      {
        text: `Start the order API with ${groupDigits(chosen.memoryMb)} MB`,
        command: `npm run order-api -- --memory ${chosen.memoryMb}`,
      },
      ...compareSteps(result),
    ];
  }
  const isOtherProcessor = before !== null && before.architecture !== chosen.architecture;
  return [
    { text: `Set ${cellName(chosen)}`, command: awsCommand(subject, chosen.memoryMb) },
    ...(isOtherProcessor
      ? [
          {
            text: `Deploy the code for ${chosen.architecture === 'arm' ? 'arm64' : 'x86_64'}: the command sets the memory alone`,
            command: null,
          },
        ]
      : []),
    {
      text: 'Set it in your template too, or the next deployment undoes it: MemoryMb in the parameters of deploy/aws, MemorySize of a function elsewhere',
      command: null,
    },
    ...compareSteps(result),
  ];
}

/** Callers of an alias get a new version only once the alias points to it. */
function awsCommand({ function: named, region }: TuneResult['subject'], memoryMb: number): string {
  const [name = '', alias] = named.split(':');
  const where = region === null ? '' : ` --region ${shellWord(region)}`;
  const of = `--function-name ${shellWord(name)}${where}`;
  const set = `aws lambda update-function-configuration ${of} --memory-size ${memoryMb}`;
  if (alias === undefined) return set;
  return [
    set,
    `aws lambda wait function-updated-v2 ${of}`,
    `aws lambda update-alias ${of} --name ${shellWord(alias)} --function-version "$(aws lambda publish-version ${of} --query Version --output text)"`,
  ].join(' && ');
}
