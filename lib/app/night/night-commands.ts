import type { Comparison } from '../../core/compare/comparison.ts';
import type { TrendOfSeries } from '../../core/night/night.ts';
import { trendJson } from '../../core/trend/trend-json.ts';
import { parseCompareFlags } from '../compare/parse-compare-flags.ts';
import { runCompare } from '../compare/run-compare.ts';
import { loadCommand } from '../run/load-command.ts';
import type { LoadDeps } from '../run/run-load.ts';
import { parseTrendFlags } from '../trend/parse-trend-flags.ts';
import { runTrend } from '../trend/run-trend.ts';

/** The commands that a night uses, each with the arguments that it has after `npm run`. */
export interface NightCommands {
  /** Never rejects; the exit code says how it went. */
  readonly load: (argv: readonly string[], env: LoadDeps['env']) => Promise<number>;
  readonly compare: (argv: readonly string[]) => Promise<Comparison>;
  readonly trend: (argv: readonly string[]) => Promise<readonly TrendOfSeries[]>;
}

/** Runs the commands in this process. All their output goes to stderr. */
export function nightCommands(deps: Omit<LoadDeps, 'stdout'>): NightCommands {
  const { root, env, stderr } = deps;
  const look = { root, say: (line: string): void => void stderr.write(`${line}\n`) };
  const stdout = { write: (text: string) => stderr.write(text) };
  return {
    load: async (argv, stepEnv) => {
      const { exitCode } = await loadCommand(argv, { ...deps, stdout, env: stepEnv });
      return exitCode;
    },
    compare: async (argv) => (await runCompare(parseCompareFlags(argv), look)).comparison,
    trend: async (argv) => (await runTrend(parseTrendFlags(argv, env), look)).trends.map(trendJson),
  };
}
