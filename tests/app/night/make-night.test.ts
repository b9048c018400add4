import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StopSignal, StopSignals } from '../../../lib/app/cli/stop-signals.ts';
import { makeNight } from '../../../lib/app/night/make-night.ts';
import { type NightCommands, nightCommands } from '../../../lib/app/night/night-commands.ts';
import { createNightFolders } from '../../../lib/app/night/night-folders.ts';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import { historyEntryOf } from '../../../lib/core/history/history-entry.ts';
import { nightExitCode } from '../../../lib/core/night/judge-night.ts';
import type { Night } from '../../../lib/core/night/night.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { appendHistory } from '../../../lib/node/store/history.ts';
import { steadyReport } from '../../core/compare/sample-reports.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SLOW = { timeout: 120_000 };

interface Fakes {
  /** How much slower than usual a run is. */
  readonly slower?: (scenario: string, isAgain: boolean) => number;
  /** Exit code of a run instead of 0. */
  readonly exitCode?: (scenario: string) => number;
  /** Comes before each look back, and may throw instead of it. */
  readonly look?: (command: 'compare' | 'trend') => void;
}

let dir: string;
let stopped: StopSignal | null;
let looks: string[];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'night-test-'));
  stopped = null;
  looks = [];
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const history = () => path.join(dir, 'history');
const CV = { runCv: 0.02 };

function report(scenario: string, seed: number, slower = 0): Report {
  const changes = { id: `${scenario}-${seed}`, scenario };
  return steadyReport({ ...CV, seed, slower, changes });
}

async function past(scenario: string, count: number, slowerOf = (_: number) => 0): Promise<void> {
  for (let seed = 500; seed < 500 + count; seed++) {
    await appendHistory(history(), historyEntryOf(report(scenario, seed, slowerOf(seed - 500))));
  }
}

/** A night whose runs are made up and whose looks back are real. */
async function night({ slower = () => 0, exitCode = () => 0, look }: Fakes): Promise<Night> {
  let seed = 600;
  const stop: StopSignals = {
    first: () => stopped,
    onStop: () => () => undefined,
    orStop: (promise) => promise,
    exitCode: () => 130,
    release: () => undefined,
  };
  const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
  const stderr = { write: () => true };
  const real = nightCommands({ root: ROOT, cwd: dir, env, stderr, stop });
  const looked = <Seen>(command: 'compare' | 'trend', see: (argv: readonly string[]) => Seen) => {
    return async (argv: readonly string[]): Promise<Awaited<Seen>> => {
      looks.push([command, ...argv].join(' '));
      look?.(command);
      return await see(argv);
    };
  };
  const commands: NightCommands = {
    load: async (argv) => {
      const scenario = argv[0] as string;
      const out = argv[argv.indexOf('--out') + 1] as string;
      const made = report(scenario, seed++, slower(scenario, out.includes('-again')));
      await mkdir(out, { recursive: true });
      await writeFile(path.join(out, 'report.json'), JSON.stringify(made));
      await appendHistory(history(), historyEntryOf(made));
      return exitCode(scenario);
    },
    compare: looked('compare', real.compare),
    trend: looked('trend', real.trend),
  };
  const folders = await createNightFolders(path.join(dir, 'night'), history());
  const say = () => undefined;
  const found = await makeNight({ quick: true, repeats: 1, folders, commands, env, stop, say });
  return { nightVersion: '1.0', startedAt: '', commit: null, interruptedExitCode: null, ...found };
}

describe('a change of level', SLOW, () => {
  const step = (night: number) => (night < 14 ? 0 : 0.3);

  it('that the history showed before the night is none of tonight', async () => {
    await past('steady', 26, step);
    const found = await night({ slower: () => 0.3 });
    expect(found.suspected).toEqual([]);
    expect(nightExitCode(found)).toBe(0);
    const steady = found.trends.find(({ scenario }) => scenario === 'steady');
    expect(steady?.metrics.flatMap(({ changePoints }) => changePoints).length).toBeGreaterThan(0);
  });

  it('is not confirmed for a scenario whose suspicion the rerun did not show', async () => {
    await past('steady', 26, step);
    await past('soak', 12);
    await night({
      slower: (scenario, isAgain) => (scenario === 'soak' ? 0 : isAgain ? 0.3 : 0.9),
    });
    expect(looks.at(-1)).toContain('--leave-open steady');
    const confirmed = path.join(history(), 'confirmed', 'change-points.jsonl');
    await expect(readFile(confirmed, 'utf8')).rejects.toThrow('ENOENT');
  });
});

describe('what was loaded is kept', SLOW, () => {
  it('when compare throws', async () => {
    await past('steady', 12);
    const found = await night({
      look: (command) => {
        if (command === 'compare') throw new TypeError('no such thing');
      },
    });
    expect(found.runs).toHaveLength(4);
    expect(found.comparison).toMatchObject({ notMade: expect.stringContaining('no such thing') });
    expect(found.noTrend).toBeNull();
    expect(nightExitCode(found)).toBe(4);
  });

  it('when trend refuses its arguments, with its exit code', async () => {
    await past('steady', 12);
    const found = await night({
      look: (command) => {
        if (command === 'trend') throw new UserError('E_USAGE', 'no such flag');
      },
    });
    expect(found.noTrend).toContain('no such flag');
    expect(found.comparison).toHaveProperty('verdict');
    expect(nightExitCode(found)).toBe(2);
  });

  it('when the night is interrupted while it looks back', async () => {
    await past('steady', 12);
    const found = await night({
      look: () => {
        stopped = 'SIGINT';
        throw new Error('stopped');
      },
    });
    expect(found.runs).toHaveLength(4);
    expect(found.comparison).toEqual({ notMade: 'the night was interrupted' });
    expect(found.noTrend).toBe('the night was interrupted');
    expect(looks).toHaveLength(1);
    expect(nightExitCode(found)).toBe(0);
  });

  it('and steady is compared though spike proved nothing, twice', async () => {
    await past('steady', 12);
    const found = await night({
      slower: () => 0.5,
      exitCode: (scenario) => (scenario === 'spike' ? 3 : 0),
    });
    expect(found.notRun).toEqual(['soak']);
    expect(found.comparison).toMatchObject({ verdict: 'regress' });
    expect(found.suspected.map(({ metric }) => metric)).toContain('p95');
    expect(found.confirmed).toBeNull();
    expect(nightExitCode(found)).toBe(3);
  });
});
