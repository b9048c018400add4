import { blockOf } from '../load/ab-blocks.ts';
import type { Stage } from '../load/load-plan.ts';
import type { Report } from '../report/schema/report-schema.ts';

/**
 * What a report knows about the load and the target, apart from scenario, profile and arrivals: a text for each
 * name, equal if the fact was the same. A name is missing if the report does not have the fact, as in older reports;
 * then it does not separate runs.
 */
export type LoadFacts = Readonly<Record<string, string>>;

/** What a fact is about: the load itself, the authentication, or the target, which is what a comparison compares. */
export type FactKind = 'load' | 'access' | 'place';

/** The name of each fact in a sentence. */
export const FACT_NAMES: Readonly<
  Record<string, { readonly name: string; readonly kind: FactKind }>
> = {
  stages: { name: 'load', kind: 'load' },
  timeout: { name: 'request timeout', kind: 'load' },
  retries: { name: 'share of retries', kind: 'load' },
  clients: { name: 'number of clients', kind: 'load' },
  request: { name: 'request', kind: 'load' },
  order: { name: 'format of orders and responses', kind: 'load' },
  http: { name: 'HTTP version', kind: 'load' },
  script: { name: 'kind of scenario', kind: 'load' },
  auth: { name: 'authentication', kind: 'access' },
  headers: { name: 'headers', kind: 'access' },
  target: { name: 'target', kind: 'place' },
  targetB: { name: 'target of arm B', kind: 'place' },
  store: { name: 'store', kind: 'place' },
  settings: { name: 'settings of the embedded order API', kind: 'place' },
};

export function loadFacts(report: Report): LoadFacts {
  const { run, load, retries, target, targetB } = report;
  const { request } = load;
  return {
    target: addressOf(target),
    ...(targetB && { targetB: addressOf(targetB) }),
    stages: stagesText(report),
    timeout: `${load.requestTimeoutMs} ms`,
    retries: `${Number(((retries?.ratio ?? 0) * 100).toFixed(6))}%`,
    script: run.ownScenario === true ? 'a file of the user’s own' : 'of the suite',
    ...(load.clients !== undefined && { clients: String(load.clients) }),
    ...(request && {
      request: `${request.method} ${request.path}`,
      order: request.orderHash ?? 'as in the contract',
      http: request.http1 ? 'HTTP/1.1' : 'as the target offers',
      auth: request.auth,
      headers: request.headers.length === 0 ? 'none' : request.headers.join(', '),
    }),
    ...(target.store !== undefined && { store: target.store }),
    ...(target.settingsHash !== undefined && { settings: target.settingsHash }),
  };
}

/** The embedded order API listens on a different port each time. */
function addressOf({ platform, baseUrl }: Report['target']): string {
  return platform === 'local' ? 'embedded' : baseUrl.replace(/\/+$/, '');
}

/** The shape of the load, without the names of its stages. The blocks of an ab run are ordered by the seed alone. */
function stagesText({ load: { model, stages, warmup } }: Report): string {
  const shown = stages.map(stageText);
  if (stages.every(({ name }) => blockOf(name) !== null)) shown.sort();
  const all = [...(warmup === null ? [] : [`warm-up ${stageText(warmup)}`]), ...shown];
  return `${model === 'open' ? '' : `${model} `}${all.join(', ')}`;
}

function stageText({ durationSeconds, fromRate, toRate }: Omit<Stage, 'name'>): string {
  const rate = fromRate === toRate ? `${toRate}/s` : `${fromRate} to ${toRate}/s`;
  return `${rate} for ${durationSeconds} s`;
}
