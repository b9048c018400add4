import path from 'node:path';
import { Command } from 'commander';
import type { Env } from '../../core/config/env.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface ResultsFlags {
  /** Folder of the results. */
  readonly root: string;
  readonly history: string;
  readonly open: boolean;
  readonly json: boolean;
}

/**
 * Reads the command line of `npm run results`. Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseResultsFlags(argv: readonly string[], env: Env): ResultsFlags {
  const command = new Command('npm run results --')
    .description(
      'Writes one page of all results: every run, the trends, and any two runs side by side.',
    )
    .argument('[folder]', 'folder of the results', 'results')
    .option(
      '--history <dir>',
      'folder of the history (default: LOAD_HISTORY, otherwise history in the folder of the results)',
    )
    .option('--open', 'open the page in the browser')
    .option('--json', 'print what was written as JSON (for another program: npm run -s)')
    .addHelpText('after', '\nExit codes: 0 written, 2 usage error or no results, 4 cannot write.');
  parseCommand(command, argv);
  const { history, open, json } = command.opts<{ history?: string; open?: true; json?: true }>();
  const root = command.processedArgs[0] as string;
  return {
    root,
    history: history ?? env['LOAD_HISTORY'] ?? path.join(root, 'history'),
    open: open === true,
    json: json === true,
  };
}
