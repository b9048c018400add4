import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { awsProblem } from './aws-problem.ts';

/** Where calls of AWS are made from, and how long to wait between two looks. */
export interface AwsPlace {
  readonly region: string;
  readonly pause: (ms: number) => Promise<void>;
}

/** Calls of AWS about one thing; a failure becomes an error of one line, an update in progress is waited for. */
export interface AwsAsk {
  /** `permission` as in a policy of IAM, such as `lambda:GetAlias`. */
  <T>(permission: string, call: () => Promise<T>): Promise<T>;
  /**
   * Looks until the state is one that lasts, and returns it.
   *
   * @throws UserError if that takes more than ten minutes.
   */
  until<T>(look: () => Promise<T>, lasts: (state: T) => boolean): Promise<T>;
  /** The error that says why the subject is not changed. */
  refused(why: string): UserError;
}

const POLL_MS = 500;
/** Provisioned concurrency and snapshots of SnapStart take minutes. */
const MAX_WAIT_MS = 600_000;
/** Of an update that somebody else has in progress. */
const MAX_CONFLICT_MS = 120_000;

/** Asks AWS about `subject`, such as `function orders`. */
export function askAbout(subject: string, { region, pause }: AwsPlace): AwsAsk {
  async function ask<T>(permission: string, call: () => Promise<T>): Promise<T> {
    for (let waitedMs = 0; ; waitedMs += POLL_MS) {
      try {
        return await call();
      } catch (error) {
        const isConflict = error instanceof Error && error.name === 'ResourceConflictException';
        if (!isConflict || waitedMs >= MAX_CONFLICT_MS) {
          throw awsProblem(error, { permission, subject, region });
        }
      }
      await pause(POLL_MS);
    }
  }
  async function until<T>(look: () => Promise<T>, lasts: (state: T) => boolean): Promise<T> {
    for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS) {
      const state = await look();
      if (lasts(state)) return state;
      await pause(POLL_MS);
    }
    throw new UserError(
      'E_PLATFORM_UNREACHABLE',
      `${subject} in ${region} is still being changed after ${MAX_WAIT_MS / 60_000} minutes`,
      EXIT.environment,
    );
  }
  const refused = (why: string) => new UserError('E_PLATFORM_REFUSED', `${subject}: ${why}`);
  return Object.assign(ask, { until, refused });
}
