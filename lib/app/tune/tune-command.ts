import { Command } from 'commander';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { JOURNAL_FOLDER } from '../../node/store/settings-journal.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { sayOn } from '../cli/say-on.ts';
import { runRestore } from './restore-settings.ts';
import type { SweepProcess } from './sweep-deps.ts';

type SweepCommand = (argv: readonly string[], deps: SweepProcess) => Promise<number>;

/** The sweeps by the name of their command; each loads most of the suite, which --restore does not need. */
const SWEEPS: Readonly<Record<string, () => Promise<SweepCommand>>> = {
  power: async () => (await import('./tune-power.ts')).tunePower,
  batch: async () => (await import('./tune-batch.ts')).tuneBatch,
};

const HELP = `
Sweeps:
  npm run tune:power -- …    the best memory size (--help lists its options)
  npm run tune:batch -- …    the best batch size and window

Exit codes: 0 done, 2 usage error, 4 something could not be put back: the line says what to do.`;

/** Does what `npm run tune -- <argv>` does. Resolves to the exit code. */
export async function tuneCommand(argv: readonly string[], deps: SweepProcess): Promise<number> {
  const [name = '', ...rest] = argv;
  const load = Object.hasOwn(SWEEPS, name) ? SWEEPS[name] : undefined;
  if (load === undefined && name !== '' && !name.startsWith('-')) {
    throw new UserError(
      'E_USAGE',
      `there is no sweep "${name}"; expected ${Object.keys(SWEEPS).join(' or ')} (see --help)`,
    );
  }
  if (load !== undefined && !rest.includes('--restore')) return (await load())(rest, deps);
  const command = new Command('npm run tune --')
    .description('Puts back what a sweep has changed that was killed before it could.')
    .requiredOption('--restore', 'put the settings back')
    .allowExcessArguments(false)
    .addHelpText('after', HELP);
  parseCommand(command, load === undefined ? argv : rest);
  await runRestore(JOURNAL_FOLDER, sayOn(deps.stderr));
  return EXIT.pass;
}
