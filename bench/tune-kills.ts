import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { START_SCRIPT } from '../lib/app/cli/command-start.ts';
import { seededRandom } from '../lib/core/load/seeded-random.ts';
import { startOrderApiProcess } from '../lib/node/run/order-api-process.ts';
import { killSweep } from './kill-sweep.ts';
import { cleanEnvironment } from './load-sides.ts';

/**
 * Ends a sweep of memory sizes at random moments, and looks whether the settings of its function are as before: after
 * SIGINT when the command has ended, after SIGKILL when the next command has.
 *
 * `node --import tsx bench/tune-kills.ts [--kills 20] [--seed 1]`; exit code 1 if they ever are not.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
/** A whole sweep takes about that long. */
const SWEEP_MS = 6000;

const random = seededRandom(Number(values.seed), 0);
const cwd = await mkdtemp(join(tmpdir(), 'tune-kills-'));
const env = cleanEnvironment();
const api = await startOrderApiProcess({
  script: START_SCRIPT,
  args: [
    'order-api',
    '--port',
    '0',
    '--store',
    'memory',
    '--memory',
    '768',
    '--control',
    '--die-with-parent',
  ],
  env,
});
let isKept = true;
try {
  console.log('signal    after  exit  memory at the end  after the next command  it had printed');
  for (let kill = 0; kill < Number(values.kills); kill++) {
    const signal = kill % 2 === 0 ? 'SIGINT' : 'SIGKILL';
    const afterMs = Math.round(random() * SWEEP_MS);
    const end = await killSweep({ url: api.url, cwd, env, signal, afterMs });
    const { before, atEnd, afterNext } = end;
    const shouldBeKept = signal === 'SIGINT' ? [atEnd, afterNext] : [afterNext];
    const isSame = shouldBeKept.every((state) => isDeepStrictEqual(state, before));
    isKept &&= isSame;
    console.log(
      [
        signal.padEnd(8),
        `${afterMs} ms`.padStart(7),
        String(end.exitCode ?? 'killed').padStart(6),
        `${atEnd.memoryMb} MB`.padStart(17),
        `${isSame ? '' : 'WRONG: '}${afterNext.memoryMb} MB`.padStart(22),
        ` ${end.lastLine}`,
      ].join(' '),
    );
  }
} finally {
  await api.stop();
  await rm(cwd, { recursive: true, force: true });
}
process.exitCode = isKept ? 0 : 1;
