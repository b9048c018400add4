import { type Dispatcher, Pool } from 'undici';
import * as z from 'zod';
import { reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { parseReportLine } from '../../core/lambda/parse-report-line.ts';
import type {
  ControlAddress,
  PlatformControl,
  TimedReport,
} from '../../core/lambda/platform-control.ts';
import { functionStateSchema, mappingStateSchema } from '../../core/tune/platform-state-schema.ts';

export interface LocalControl extends PlatformControl {
  readonly address: Extract<ControlAddress, { readonly platform: 'local' }>;
}

const ROOT = '/__control';
/** A change of the mapping waits until its pollers have finished, and a call of a function for its end. */
const TIMEOUT_MS = 960_000;
const INSTANCE_TIMEOUT_MS = 10_000;

const instanceAnswer = z.object({ instance: z.string() });
const refusal = z.object({ error: z.string() });
const invocationAnswer = z.object({
  kind: z.enum(['answered', 'failed', 'throttled']),
  payload: z.string(),
  reportLine: z.string().nullable(),
  problem: z.string().nullable(),
});
const reportsAnswer = z.object({
  lines: z.array(z.object({ atMs: z.number(), line: z.string() })),
  /** Where to go on reading; null at the end. */
  next: z.number().nullable(),
});

/**
 * Connects to the control of a local order API.
 *
 * @throws UserError E_PLATFORM_UNREACHABLE (exit 4) if there is none at this URL.
 */
export async function openLocalControl(baseUrl: string): Promise<LocalControl> {
  const instance = await readControlInstance(baseUrl);
  if (instance !== null) return createLocalControl({ platform: 'local', baseUrl, instance });
  throw new UserError(
    'E_PLATFORM_UNREACHABLE',
    `${baseUrl} takes no changes of its settings: start it with \`npm run order-api -- --control\`, or leave --target out`,
    EXIT.environment,
  );
}

/**
 * The id of the local order API that runs at a URL and takes changes; null if none does.
 *
 * @throws UserError E_PLATFORM_UNREACHABLE (exit 4) if something is there and does not answer.
 */
export async function readControlInstance(baseUrl: string): Promise<string | null> {
  const pool = new Pool(new URL(baseUrl).origin, { connections: 1 });
  try {
    const { statusCode, body } = await pool.request({
      path: ROOT,
      method: 'GET',
      signal: AbortSignal.timeout(INSTANCE_TIMEOUT_MS),
    });
    const text = await body.text();
    return statusCode === 200
      ? (instanceAnswer.safeParse(JSON.parse(text)).data?.instance ?? null)
      : null;
  } catch (error) {
    if (!(error instanceof DOMException)) return null;
    throw new UserError(
      'E_PLATFORM_UNREACHABLE',
      `${baseUrl} did not answer within ${INSTANCE_TIMEOUT_MS / 1000} s, so its settings are not known`,
      EXIT.environment,
    );
  } finally {
    await pool.destroy();
  }
}

/** Functions and the mapping of a local order API that was started with `--control`. */
function createLocalControl(address: LocalControl['address']): LocalControl {
  const pool = new Pool(new URL(address.baseUrl).origin, {
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });

  async function ask<T>(
    schema: z.ZodType<T>,
    method: Dispatcher.HttpMethod,
    path: string,
    json?: string,
  ): Promise<T> {
    const answer = await pool
      .request({
        path: `${ROOT}/${path}`,
        method,
        ...(json !== undefined && { body: json, headers: { 'content-type': 'application/json' } }),
      })
      .then(async ({ statusCode, body }) => ({ statusCode, text: await body.text() }))
      .catch((error: unknown) => {
        throw unreachable(reasonOf(error));
      });
    const value = parseJson(answer.text);
    if (answer.statusCode === 200) {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
    }
    const reason = refusal.safeParse(value).data?.error;
    if (reason === undefined) throw unreachable(`it answered ${answer.statusCode}`);
    if (answer.statusCode === 400) throw new UserError('E_PLATFORM_REFUSED', reason);
    if (answer.statusCode === 404) throw new UserError('E_PLATFORM_NOT_FOUND', reason);
    throw unreachable(reason);
  }

  function unreachable(reason: string): UserError {
    const message = `the local order API at ${address.baseUrl} cannot be controlled: ${reason}`;
    return new UserError('E_PLATFORM_UNREACHABLE', message, EXIT.environment);
  }

  const functionPath = (name: string) => `functions/${encodeURIComponent(name)}`;
  const mappingPath = (id: string) => `mappings/${encodeURIComponent(id)}`;

  return {
    address,
    readFunction: (name) => ask(functionStateSchema, 'GET', functionPath(name)),
    async changeFunction(name, change) {
      await ask(functionStateSchema, 'PUT', functionPath(name), JSON.stringify(change));
    },
    async restoreFunction(name, { memoryMb, architecture, reservedConcurrency, alias }) {
      const provisioned = alias && { provisionedConcurrency: alias.provisionedConcurrency };
      const change = { memoryMb, architecture, reservedConcurrency, ...provisioned };
      await ask(functionStateSchema, 'PUT', functionPath(name), JSON.stringify(change));
    },
    readMapping: (id) => ask(mappingStateSchema, 'GET', mappingPath(id)),
    async changeMapping(id, change) {
      await ask(mappingStateSchema, 'PUT', mappingPath(id), JSON.stringify(change));
    },
    async invoke(name, payload) {
      const path = `${functionPath(name)}/invocations`;
      const { reportLine, ...answer } = await ask(invocationAnswer, 'POST', path, payload);
      return { ...answer, report: reportLine === null ? null : parseReportLine(reportLine) };
    },
    async readReports(name, { fromMs, toMs }) {
      const reports: TimedReport[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const query = new URLSearchParams({ from: `${fromMs}`, to: `${toMs}`, after: `${after}` });
        const page: z.infer<typeof reportsAnswer> = await ask(
          reportsAnswer,
          'GET',
          `${functionPath(name)}/reports?${query}`,
        );
        for (const { atMs, line } of page.lines) {
          const report = parseReportLine(line);
          if (report !== null) reports.push({ ...report, atMs });
        }
        after = page.next;
      }
      return reports.sort((a, b) => a.atMs - b.atMs);
    },
    async sendMessage(id, body) {
      await ask(z.unknown(), 'POST', `${mappingPath(id)}/messages`, JSON.stringify({ body }));
    },
    close: () => pool.close(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
