import type { RefinedResponse } from 'k6/http';
import { secretsOf } from '../core/config/required-env.ts';
import { blockOf } from '../core/load/ab-blocks.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { failureText } from '../core/order/failure-text.ts';
import type { Outcome } from '../core/order/outcome.ts';
import {
  EXAMPLE_HEADERS,
  type FailureExample,
  HANDED_CHARACTERS,
  MAX_EXAMPLES,
} from '../core/telemetry/failure-example.ts';
import { FAILURE_PREFIX } from '../core/telemetry/metric-names.ts';
import { isWrapped, readEnv } from './env.ts';
import { recordFailed } from './order-metrics.ts';

/** Provided by k6, whose types lack it. */
declare const console: { log(text: string): void };

/** Most kinds of failure that one VU distinguishes: each is a series in k6's memory. */
const MAX_WAYS = 200;
const LEAST_SECRET = 4;

export type RecordFailure = (
  outcome: Outcome,
  status: number,
  response: RefinedResponse<'text'>,
  step: string,
) => void;

/**
 * Records how orders failed: each in a metric, and the first response of each kind of failure on the console, where
 * the wrapper reads it. Not called for orders that succeed.
 */
export function failureRecorder(plan: LoadPlan): RecordFailure {
  const ways = new Map<string, Readonly<Record<string, string>>>();
  const isAb = plan.targetB !== undefined;
  const tells = isWrapped();
  const secrets = secretsOf(plan, readEnv()).filter(({ length }) => length >= LEAST_SECRET);
  let examples = 0;

  /** Removes secrets, because the metrics may be forwarded to another server. */
  const errorOf = (words: string): string =>
    failureText(secrets.reduce((text, secret) => text.split(secret).join('***'), words));

  return (outcome, status, response, step) => {
    const error = status === 0 ? errorOf(response.error) : '';
    const arm = isAb ? (blockOf(step)?.arm ?? null) : null;
    const key = `${outcome} ${status} ${arm} ${error}`;
    let tags = ways.get(key);
    if (tags === undefined) {
      if (ways.size >= MAX_WAYS) return;
      tags = {
        outcome,
        status: String(status),
        error,
        step: 'all',
        ...(arm !== null && { arm }),
      };
      ways.set(key, tags);
      if (tells && examples < MAX_EXAMPLES) {
        examples += 1;
        console.log(FAILURE_PREFIX + JSON.stringify(exampleOf(response)));
      }
    }
    recordFailed(tags);

    function exampleOf({ headers, body, error: words }: RefinedResponse<'text'>): FailureExample {
      const shown = EXAMPLE_HEADERS.flatMap((name) =>
        headers[name] === undefined ? [] : [[name, headers[name].slice(0, HANDED_CHARACTERS)]],
      );
      const text = status === 0 ? '' : (body ?? '');
      return {
        outcome,
        status,
        error,
        arm,
        atMs: Date.now(),
        words: status === 0 ? words.slice(0, HANDED_CHARACTERS) : '',
        headers: Object.fromEntries(shown),
        body: text.slice(0, HANDED_CHARACTERS),
        bodyCharacters: text.length,
      };
    }
  };
}
