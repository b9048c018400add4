import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LogConfig } from '../config/order-api-config.ts';
import { OrderApiError } from '../config/order-api-error.ts';
import { createInvocationLog, type InvocationLog } from './invocation-log.ts';

export interface OpenLog extends InvocationLog {
  /** Resolves once everything is written. Never throws. */
  close(): Promise<void>;
}

/**
 * Opens the log of the order API's invocations. `warn` is called with one line when it cannot be written any more; the
 * API goes on without it.
 *
 * @throws OrderApiError if the file cannot be created.
 */
export async function openLog(config: LogConfig, warn: (line: string) => void): Promise<OpenLog> {
  const out = config.path === '-' ? process.stdout : await createFile(config.path);
  let broken = false;
  out.on('error', (error) => {
    if (!broken) warn(`the log of invocations ends here: ${error.message}`);
    broken = true;
  });
  const log = createInvocationLog({
    format: config.format,
    write: (text) => {
      if (!broken) out.write(text);
    },
  });
  return {
    ...log,
    async close() {
      if (out === process.stdout || broken) return;
      out.end();
      await finished(out).catch(() => {});
    },
  };
}

async function createFile(path: string): Promise<Writable> {
  const file = createWriteStream(path);
  try {
    await once(file, 'open');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OrderApiError(
      'E_LOG_FILE',
      `the log of invocations cannot be written (${reason}): choose another --logs file, or - for stdout`,
    );
  }
  return file;
}
