import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { clearTimeout, setTimeout } from 'k6/timers';
import { CONTRACT_SCENARIO } from '../core/telemetry/metric-names.ts';
import { requireEnv } from './env.ts';

/** The wrapper's response. */
interface TokenAnswer {
  readonly token: string;
  readonly generation: number;
  readonly askInMs: number;
}

/** Refused orders are reported to the wrapper at most this often. */
const LEAST_BETWEEN_MS = 250;
/** After a failed request to the wrapper, the next one is sent this much later: the wrapper is about to end this k6. */
const ASK_AGAIN_MS = 1000;

/** Every VU evaluates this module, so each has its own token and reports its own refused orders. */
let generation = 0;
let askAtMs = 0;
let askedMs = 0;
let refused = 0;
let expired = 0;
const carriers: Record<string, string>[] = [];
let value = '';
let timer: number | null = null;
let isAsking = false;

/** Puts the current token, and later every new one, into these headers. */
export function carryToken(headers: Record<string, string>): void {
  carriers.push(headers);
  if (value !== '') headers['authorization'] = value;
}

/** Gets the current token if there may be a new one. Blocks the VU, so it is for code that waits for its responses. */
export function freshenToken(): void {
  const nowMs = Date.now();
  if (nowMs < askAtMs && (refused === 0 || nowMs - askedMs < LEAST_BETWEEN_MS)) return;
  askedMs = nowMs;
  const report = question();
  take(report, http.get(report.url, PARAMS));
}

/** Gets the current token now, and from then on by the event loop, until the returned function is called. */
export function keepTokenFresh(): () => void {
  freshenToken();
  askInTime();
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (refused > 0) void askLater();
  };
}

/** Records an order that was refused with 401 or 403, and requests another token after a 401. */
export function noteRefused(status: number): void {
  if (status !== 401 && status !== 403) return;
  refused += 1;
  if (status === 401) expired += 1;
  if (timer === null || isAsking || Date.now() - askedMs < LEAST_BETWEEN_MS) return;
  clearTimeout(timer);
  ask();
}

function askInTime(): void {
  timer = setTimeout(ask, Math.max(LEAST_BETWEEN_MS, (refused > 0 ? 0 : askAtMs) - Date.now()));
}

function ask(): void {
  isAsking = true;
  void askLater().then(() => {
    isAsking = false;
    if (timer !== null) askInTime();
  });
}

function askLater(): Promise<void> {
  askedMs = Date.now();
  const report = question();
  return http.asyncRequest('GET', report.url, null, PARAMS).then(
    (answer) => take(report, answer),
    () => untold(report),
  );
}

/** Tags of requests that belong to no order. */
const PARAMS: RefinedParams<'text'> = {
  timeout: 2000,
  responseType: 'text',
  tags: { scenario: CONTRACT_SCENARIO, name: 'token' },
};

interface Question {
  readonly url: string;
  readonly refused: number;
  readonly expired: number;
}

function question(): Question {
  const url = requireEnv(
    'LOAD_TOKEN_URL',
    'a bearer token that is renewed (npm run load gives it)',
  );
  const report = {
    url: `${url}?generation=${generation}&refused=${refused}&expired=${expired}`,
    refused,
    expired,
  };
  refused = 0;
  expired = 0;
  return report;
}

function untold(report: Question): void {
  refused += report.refused;
  expired += report.expired;
  askAtMs = Date.now() + ASK_AGAIN_MS;
}

function take(report: Question, answer: RefinedResponse<'text'>): void {
  if (answer.status !== 200) {
    untold(report);
    return;
  }
  const token = JSON.parse(answer.body) as TokenAnswer;
  askAtMs = Date.now() + token.askInMs;
  if (token.generation === generation) return;
  generation = token.generation;
  value = `Bearer ${token.token}`;
  for (const headers of carriers) headers['authorization'] = value;
}
