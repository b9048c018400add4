import { Command } from 'commander';
import type { Env } from '../../core/config/env.ts';
import { DEFAULT_HISTORY_DIR } from '../../core/config/resolve-config.ts';
import type { HistoryEntry } from '../../core/history/history-entry.ts';
import { TREND_METRICS, type TrendMetric } from '../../core/trend/trend-metric.ts';
import { nameList } from '../cli/name-list-flag.ts';
import { parseCommand } from '../cli/parse-command.ts';

export interface TrendFlags {
  readonly history: string;
  readonly scenario: string | null;
  /** Label or address of the target. */
  readonly target: string | null;
  readonly metrics: readonly TrendMetric[];
  /** Folders whose reports are first added to the history. */
  readonly importFrom: readonly string[];
  /** File of the chart page; null for none. */
  readonly html: string | null;
  readonly dryRun: boolean;
  /** Scenarios whose changes are shown but not confirmed. */
  readonly leaveOpen: readonly string[];
  readonly strict: boolean;
  readonly json: boolean;
}

/** Without the rate: it is the required one, so its trend is about the generator. */
const DEFAULT_METRICS: readonly TrendMetric[] = ['p50', 'p95', 'p99', 'success'];

const EXIT_CODES = `
Exit codes: 0 nothing got worse, 1 the newest run is suspect or a change for the worse was just
confirmed, 2 usage error or no such run, 3 not every metric could be judged (--strict), 4 cannot write.`;

/**
 * Reads the command line of `npm run trend`. Help is printed by commander.
 * @throws UserError E_USAGE (exit 2) in one line.
 */
export function parseTrendFlags(argv: readonly string[], env: Env): TrendFlags {
  const command = new Command('npm run trend --')
    .description('Finds changes of level in the history, and judges the newest run against it.')
    .allowExcessArguments(false)
    .option('--scenario <name>', 'only runs of this scenario')
    .option('--target <name>', 'only runs against the target of this label or address')
    .option(
      '--metric <names>',
      `one or more of ${TREND_METRICS.join(', ')}, separated by commas`,
      nameList('metric', TREND_METRICS),
    )
    .option('--history <dir>', 'folder of the history')
    .option('--import <dir>', 'first add the runs of all reports below this folder', collect)
    .option('--html <file>', 'write the charts as a page')
    .option('--dry-run', 'do not confirm any change of level')
    .option('--leave-open <scenario>', 'do not confirm changes of level of this scenario', collect)
    .option('--strict', 'exit 3 if a metric cannot be judged')
    .option('--json', 'write the trends to stdout as JSON (for another program: npm run -s)')
    .addHelpText('after', EXIT_CODES);
  parseCommand(command, argv);
  const given = command.opts<{
    scenario?: string;
    target?: string;
    metric?: readonly TrendMetric[];
    history?: string;
    import?: readonly string[];
    html?: string;
    dryRun?: true;
    leaveOpen?: readonly string[];
    strict?: true;
    json?: true;
  }>();
  return {
    history: given.history ?? env['LOAD_HISTORY'] ?? DEFAULT_HISTORY_DIR,
    scenario: given.scenario ?? null,
    target: given.target ?? null,
    metrics: given.metric ?? DEFAULT_METRICS,
    importFrom: given.import ?? [],
    html: given.html ?? null,
    dryRun: given.dryRun === true,
    leaveOpen: given.leaveOpen ?? [],
    strict: given.strict === true,
    json: given.json === true,
  };
}

/** Whether a series matches `--scenario` and `--target`. */
export function selects(
  { scenario, target }: TrendFlags,
  entries: readonly HistoryEntry[],
): boolean {
  const hasTarget = ({ target: { label }, facts }: HistoryEntry) =>
    label === target || facts?.['target'] === target?.replace(/\/+$/, '');
  return (
    (scenario === null || entries[0]?.scenario === scenario) &&
    (target === null || entries.some(hasTarget))
  );
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
