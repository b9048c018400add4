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
/** Timeout for a wrapper that does not respond: it is about to end this k6. */
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
  const asked = question();
  take(asked, http.get(asked.url, PARAMS));
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
  const told = question();
  return http.asyncRequest('GET', told.url, null, PARAMS).then(
    (answer) => take(told, answer),
    () => untold(told),
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
  const query = `?generation=${generation}&refused=${refused}&expired=${expired}`;
  const told = { url: url + query, refused, expired };
  refused = 0;
  expired = 0;
  return told;
}

function untold(told: Question): void {
  refused += told.refused;
  expired += told.expired;
  askAtMs = Date.now() + ASK_AGAIN_MS;
}

function take(told: Question, answer: RefinedResponse<'text'>): void {
  if (answer.status !== 200) {
    untold(told);
    return;
  }
  const given = JSON.parse(answer.body) as TokenAnswer;
  askAtMs = Date.now() + given.askInMs;
  if (given.generation === generation) return;
  generation = given.generation;
  value = `Bearer ${given.token}`;
  for (const headers of carriers) headers['authorization'] = value;
}
