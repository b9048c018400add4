import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalibrateFlags } from '../../lib/app/calibrate/parse-calibrate-flags.ts';
import { parseCompareFlags } from '../../lib/app/compare/parse-compare-flags.ts';
import { parseNightlyFlags } from '../../lib/app/night/parse-nightly-flags.ts';
import { parseOrderApiCommands } from '../../lib/app/order-api/order-api-flags.ts';
import { parseReportFlags } from '../../lib/app/report/parse-report-flags.ts';
import { parseResultsFlags } from '../../lib/app/results/parse-results-flags.ts';
import { guardRun } from '../../lib/app/run/guard-run.ts';
import { readRunConfig } from '../../lib/app/run/read-run-config.ts';
import { parseTrendFlags } from '../../lib/app/trend/parse-trend-flags.ts';
import { parseBatchFlags } from '../../lib/app/tune/parse-batch-flags.ts';
import { parsePowerFlags } from '../../lib/app/tune/parse-power-flags.ts';
import { UNKNOWN_MACHINE } from '../../lib/core/load/in-flight.ts';
import type { LoadPlan } from '../../lib/core/load/load-plan.ts';
import { recordedLoad } from '../../lib/core/load/recorded-load.ts';

export const ROOT = join(import.meta.dirname, '../..');

const SAMPLE_HOST = 'api.example.com';

/** What an argument of the docs that a reader replaces stands for. */
const STAND_INS: Readonly<Record<string, string>> = {
  URL: `https://${SAMPLE_HOST}`,
  HOST: SAMPLE_HOST,
  $URL: `https://${SAMPLE_HOST}`,
  '${URL#https://}': SAMPLE_HOST,
};

/** A recording of the reader's own. */
const SAMPLE_RECORDING = recordedLoad(
  { kind: 'times', timesMs: [0, 1000] },
  { file: 'access.log', speed: 1, seed: 1, sha256: () => '' },
);

/** A call of a script of package.json. */
export interface NpmCall {
  readonly script: string;
  readonly args: readonly string[];
}

/** The first command of a pipeline, where that is npm's; null where it is another program. */
export function parseNpmCall(command: string): NpmCall | null {
  const words = shellWords(command);
  const npm = words.indexOf('npm');
  const before = words.slice(0, Math.max(npm, 0));
  if (npm === -1 || !before.every((word) => word === 'exec' || /^\w+=/.test(word))) return null;
  const [first, ...rest] = words.slice(npm + 1);
  if (first !== 'run') return first === undefined ? null : { script: first, args: rest };
  const [script, ...args] = rest.filter((word, index) => index > 1 || word !== '-s');
  if (script === undefined) return null;
  return { script, args: args[0] === '--' ? args.slice(1) : args };
}

/** The words of a command until it ends or its output goes elsewhere, without their quotes. */
function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  for (const [, single, double, bare] of command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    if (bare !== undefined && /^(\||>|>>|&&|;)$/.test(bare)) break;
    words.push(...standIns(single ?? double ?? bare ?? '', words.at(-1)));
  }
  return words;
}

function standIns(word: string, flag: string | undefined): readonly string[] {
  // The reader's own target, and what allows it.
  if (flag === '--target' && /^(https:\/\/)?…$/.test(word)) {
    return [`https://${SAMPLE_HOST}`, '--allow-host', SAMPLE_HOST];
  }
  if (flag?.startsWith('--deployment') && word.endsWith('.json')) {
    return [existsSync(join(ROOT, word)) ? word : 'docs/walkthrough/1-naive.json'];
  }
  return [STAND_INS[word] ?? word.replace('…', SAMPLE_HOST).replace(/:PORT\b/, ':3000')];
}

const PARSERS: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
  compare: parseCompareFlags,
  nightly: (args) => parseNightlyFlags(args, {}),
  'order-api': parseOrderApiCommands,
  report: parseReportFlags,
  results: (args) => parseResultsFlags(args, {}),
  trend: (args) => parseTrendFlags(args, {}),
};

/**
 * Has the suite's own parsers read a call, up to the point where something would be started.
 * @throws UserError or Error with what the command would refuse.
 */
export async function checkNpmCall({ script, args }: NpmCall): Promise<void> {
  await scriptCommand(script);
  if (args.includes('--help')) return;
  const [command, scenario] = script.split(':');
  if (command === 'load') {
    await planOf({ script, args });
  } else if (command === 'calibrate') {
    const { scenario: repeated, runArgs } = parseCalibrateFlags(args);
    await planOf({ script: `load:${repeated}`, args: runArgs });
  } else if (script === 'tune:power') {
    const { scenario: measured, runArgs } = await parsePowerFlags(args, {});
    await planOf({ script: `load:${measured}`, args: runArgs });
  } else if (script === 'tune:batch') {
    const { runArgs } = await parseBatchFlags(args, {});
    await planOf({ script: 'load:batch', args: runArgs });
  } else if (script === 'tune') {
    if (args.join(' ') !== '--restore') throw new Error('npm run tune takes --restore alone');
  } else if (scenario === undefined && PARSERS[script] !== undefined) {
    PARSERS[script](args);
  } else {
    await checkFlags(script, args);
  }
}

/** The load that a call of `npm run load…` asks for. */
export async function planOf({ script, args }: NpmCall): Promise<LoadPlan> {
  const scenario = script.replace(/^load:?/, '');
  const argv = [...(scenario === '' ? [] : [scenario]), ...args];
  const config = await readRunConfig(argv, {}, ROOT);
  // Whoever follows the docs has set the variables that they name.
  const env = new Proxy<Record<string, string>>({}, { get: () => 'secret', has: () => true });
  const recorded = config.arrivals.kind === 'file' ? SAMPLE_RECORDING : null;
  return guardRun(config, { run: 'r', env, machine: UNKNOWN_MACHINE, recorded }).plan;
}

/** Commands that read their flags in their own file name each of them there. */
async function checkFlags(script: string, args: readonly string[]): Promise<void> {
  const command = await scriptCommand(script);
  const name = /start\.mjs (\S+)/.exec(command)?.[1];
  const file = name === undefined ? /\S+\.ts\b/.exec(command)?.[0] : `scripts/${name}.ts`;
  const source = file === undefined ? '' : await readFile(join(ROOT, file), 'utf8');
  for (const flag of args.filter((arg) => arg.startsWith('--'))) {
    const option = (flag.split('=')[0] as string).slice(2);
    // As commander, a usage text or parseArgs write it.
    if (!new RegExp(`--${option}\\b|\\b${option}: \\{`).test(source)) {
      throw new Error(`npm run ${script} has no flag --${option}`);
    }
  }
}

/** @throws Error where package.json has no such script. */
export async function scriptCommand(script: string): Promise<string> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const command = script === 'ci' ? 'npm ci' : scripts[script];
  if (command === undefined) throw new Error(`there is no script "${script}" in package.json`);
  return command;
}
