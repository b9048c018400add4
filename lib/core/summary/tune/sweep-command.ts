import { shellWord } from '../../text/shell-word.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';

/** The command that makes the same sweep with other values of some flags, to be pasted into a shell. */
export function sweepCommand(
  { kind, run }: TuneResult,
  changes: Readonly<Record<`--${string}`, string>>,
): string {
  const words = run.command.filter((word, position) => position > 0 || word.startsWith('--'));
  for (const [flag, value] of Object.entries(changes)) {
    const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
    if (at < 0) words.push(flag, value);
    else if (words[at] === flag) words[at + 1] = value;
    else words[at] = `${flag}=${value}`;
  }
  return [
    `npm run tune:${kind}`,
    ...(words.length > 0 ? ['--'] : []),
    ...words.map(shellWord),
  ].join(' ');
}

/** The folder of a sweep. */
export function sweepFolder({ run }: TuneResult): string {
  return `results/tune/${run.id}`;
}
