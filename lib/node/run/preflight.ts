import { EXIT, UserError } from '../../core/config/user-error.ts';

/**
 * One GET to the target's base URL. Any HTTP answer counts as reachable; a redirect is not followed
 * and nothing is written.
 *
 * @throws UserError E_TARGET_UNREACHABLE with the reason in the words of the network.
 */
export async function checkReachable(target: string, timeoutMs = 5000): Promise<void> {
  try {
    const response = await fetch(target, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { connection: 'close' },
    });
    await response.body?.cancel();
  } catch (error) {
    throw new UserError(
      'E_TARGET_UNREACHABLE',
      `no HTTP answer from ${target} (${reasonOf(error, timeoutMs)}); is it running, and is --target right?`,
      EXIT.environment,
    );
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing within ${timeoutMs / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}
