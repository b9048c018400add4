import { Command } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../../core/render/report-files.ts';
import { nameList } from '../cli/name-list-flag.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface ReportFlags {
  /** Files, or folders with a report.json. */
  readonly runs: readonly string[];
  readonly formats: readonly ReportFormat[];
  /** Null: beside each report. */
  readonly out: string | null;
  readonly json: boolean;
}

/**
 * Reads the command line of `npm run report`. Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseReportFlags(argv: readonly string[]): ReportFlags {
  const command = new Command('npm run report --')
    .description(
      'Renders reports, and results of sweeps, again from their JSON, without a target or a network.',
    )
    .argument(
      '<run...>',
      'folders of runs or sweeps, such as results/<run> or results/tune/<id>, or their JSON files',
    )
    .option(
      '--format <names>',
      `one or more of ${REPORT_FORMATS.join(', ')}, separated by commas`,
      nameList('format', REPORT_FORMATS),
    )
    .option('--out <dir>', 'folder to write to; several runs get a folder each in it')
    .option('--json', 'list what was written as JSON (for another program: npm run -s)')
    .addHelpText(
      'after',
      '\nExit codes: 0 rendered, 2 usage error or no readable report, 4 cannot write.',
    );
  parseCommand(command, argv);
  const { format, out, json } = command.opts<{
    format?: readonly ReportFormat[];
    out?: string;
    json?: true;
  }>();
  return {
    runs: command.args,
    formats: format ?? REPORT_FORMATS,
    out: out ?? null,
    json: json === true,
  };
}
