import { readFile } from 'node:fs/promises';
import { codeOf } from '../../core/errors/reason-of.ts';
import { UserError } from '../../core/errors/user-error.ts';
import {
  type PowerTuningInput,
  parsePowerTuningInput,
} from '../../core/tune/power/parse-power-tuning-input.ts';
import type { PowerSettings } from '../../core/tune/power/power-settings.ts';
import type { PowerFlags } from './parse-power-flags.ts';

/** What a power sweep does: the flags, then the input of aws-lambda-power-tuning, then the defaults. */
export interface PowerRequest
  extends Pick<
    PowerSettings,
    'strategy' | 'balancedWeight' | 'discardTopBottom' | 'onlyColdStarts' | 'provisionedConcurrency'
  > {
  readonly memoryMb: readonly number[];
  readonly by: 'load' | 'invoke';
  /** Direct calls of a size in a round. */
  readonly calls: number;
  readonly isParallel: boolean;
  readonly pauseMs: number;
  /** Events of direct calls as JSON, taken in turn; null for new orders. */
  readonly events: readonly string[] | null;
  readonly input: PowerTuningInput | null;
}

const MEMORY_MB = [128, 256, 512, 1024, 1769, 3008];
const CALLS = 50;

/**
 * Puts together what a power sweep was asked for, reading the files that its flags name.
 *
 * @throws UserError (exit 2) if a file cannot be read or used, or the flags contradict each other.
 */
export async function readPowerRequest(flags: PowerFlags): Promise<PowerRequest> {
  const { inputPath, payloadPath } = flags;
  const input =
    inputPath === null
      ? null
      : parsePowerTuningInput(await readText('--input', inputPath), inputPath);
  const payload = payloadPath === null ? null : await readPayload(payloadPath);
  const events = payload === null ? (input?.payloads ?? null) : [payload];
  const isDirect = input !== null || payload !== null || flags.calls !== null;
  const by = flags.by ?? (isDirect ? 'invoke' : 'load');
  if (by === 'load' && isDirect) {
    throw new UserError(
      'E_USAGE',
      '--calls, --payload and --input are of direct calls: leave them out, or leave out --by load',
    );
  }
  const onlyColdStarts = input?.onlyColdStarts ?? false;
  return {
    memoryMb: flags.memoryMb ?? input?.memoriesMb ?? MEMORY_MB,
    strategy: flags.strategy ?? input?.strategy ?? 'cost',
    balancedWeight: flags.balancedWeight ?? input?.balancedWeight ?? 0.5,
    discardTopBottom: input?.discardTopBottom ?? 0.2,
    onlyColdStarts,
    provisionedConcurrency: flags.provisioned,
    by,
    calls:
      flags.calls ?? (input === null ? CALLS : Math.ceil(input.payloads.length / flags.rounds)),
    // After a change all environments are new; calls at once do not find one that is already warm.
    isParallel: flags.isParallel ?? (onlyColdStarts || (input?.parallelInvocation ?? false)),
    pauseMs: input?.sleepBetweenRunsMs ?? 0,
    events,
    input,
  };
}

async function readPayload(file: string): Promise<string> {
  const text = await readText('--payload', file);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new UserError('E_USAGE', `--payload ${file}: expected an event as JSON`);
  }
}

async function readText(flag: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError('E_USAGE', `${flag} ${file} cannot be read (${codeOf(error)})`);
  }
}
