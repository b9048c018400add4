import path from 'node:path';
import { EXIT } from '../../core/errors/user-error.ts';
import type { ControlAddress } from '../../core/lambda/platform-control.ts';
import { tuneText } from '../../core/render/tune/tune-text.ts';
import { publicUrl } from '../../core/report/public-url.ts';
import { TUNE_VERSION, type TuneResult } from '../../core/tune/schema/tune-schema.ts';
import { reportFailure } from '../cli/run-main.ts';
import { sayOn } from '../cli/say-on.ts';
import { streamColors } from '../cli/stream-colors.ts';
import { streamWidth } from '../cli/stream-width.ts';
import type { PerformedSweep } from './perform-sweep.ts';
import type { SweepProcess } from './sweep-deps.ts';
import { writeTune } from './write-tune.ts';

/** What a sweep has come to, apart from what all sweeps have in common. */
export interface SweepConclusion {
  readonly result: Pick<TuneResult, 'kind' | 'power' | 'batch' | 'notes'>;
  readonly subject: Omit<TuneResult['subject'], 'platform' | 'region' | 'before' | 'restored'>;
  readonly address: ControlAddress;
  /** Folder of the history, or null for none. */
  readonly history: string | null;
  /** Print the result as JSON. */
  readonly json: boolean;
  /** Exit code if the sweep was not stopped: 0, 1 or 3. */
  readonly exitCode: number;
}

/**
 * Writes and prints what a sweep found, also after an interrupt, and says how to go on. Resolves to the exit code.
 *
 * @throws UserError E_RESULTS_UNWRITABLE or E_HISTORY_UNWRITABLE (exit 4).
 */
export async function finishSweep(
  performed: PerformedSweep<unknown, unknown>,
  conclusion: SweepConclusion,
  { root, env, stdout, stderr, stop }: SweepProcess,
): Promise<number> {
  const { dir, rounds, isComplete, failure, before, restored, run } = performed;
  if (rounds.length > 0) {
    const { address, history, json } = conclusion;
    const { result, page } = await writeTune(
      dir,
      {
        tuneVersion: TUNE_VERSION,
        run,
        subject: {
          ...conclusion.subject,
          target: conclusion.subject.target && publicUrl(conclusion.subject.target),
          platform: address.platform,
          region: address.platform === 'aws' ? address.region : null,
          before,
          restored,
        },
        ...conclusion.result,
      },
      { root, history },
    );
    const look = { colors: streamColors(stdout, env), width: streamWidth(stdout) };
    stdout.write(json ? `${JSON.stringify(result)}\n` : tuneText(result, look));
    sayOn(stderr)(`page      ${path.relative('', page)}`);
  }
  // The text of a result says so itself.
  if (!isComplete && (conclusion.json || rounds.length === 0)) {
    sayOn(stderr)(`to go on  npm run tune:${conclusion.result.kind} -- --resume ${dir}`);
  }
  const failed = failure === null ? null : reportFailure(failure, stderr);
  if (stop.first() !== null) return stop.exitCode();
  if (failed !== null) return failed;
  return restored ? conclusion.exitCode : EXIT.environment;
}
