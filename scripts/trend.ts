import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { streamWidth } from '../lib/app/cli/stream-width.ts';
import { parseTrendFlags } from '../lib/app/trend/parse-trend-flags.ts';
import { runTrend } from '../lib/app/trend/run-trend.ts';
import { renderTrend } from '../lib/core/render/trend/trend-text.ts';
import { trendSummary } from '../lib/core/summary/trend/trend-summary.ts';
import { trendJson } from '../lib/core/trend/trend-json.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { env, stdout, stderr } = process;
  const flags = parseTrendFlags(process.argv.slice(2), env);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const { trends, places, exitCode } = await runTrend(flags, { root: ROOT, say });
  const look = { colors: streamColors(stdout, env), width: streamWidth(stdout) };
  stdout.write(
    flags.json
      ? `${JSON.stringify(trends.map(trendJson))}\n`
      : `${trends.map((trend) => renderTrend(trendSummary(trend, places), look)).join('\n\n')}\n`,
  );
  if (flags.html !== null) say(`page      ${flags.html}`);
  return exitCode;
});
