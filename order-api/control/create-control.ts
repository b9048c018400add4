import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OrderApiConfig } from '../config/order-api-config.ts';
import { readBody } from '../lambda/read-body.ts';
import type { LocalPlatform } from '../local/local-platform.ts';
import type { ChangeableMapping } from '../queue/queue-path.ts';
import { checkRequest } from './check-request.ts';
import { ControlRefusal } from './control-refusal.ts';
import { createFunctionControl } from './function-control.ts';
import { invokeDirectly } from './invoke-directly.ts';
import { changeMapping, readMapping } from './mapping-control.ts';
import { functionChange, mappingChange, message, parseChange, parseJson } from './parse-change.ts';
import type { ReportMemory } from './report-memory.ts';

export interface ControlOptions {
  readonly platform: Pick<LocalPlatform, 'account' | 'functions'>;
  readonly config: OrderApiConfig;
  /** Null without a queue. */
  readonly mapping: ChangeableMapping | null;
  readonly reports: ReportMemory;
  readonly onError: (error: unknown) => void;
}

/** Name of the only event-source mapping; on AWS it is a UUID. */
const MAPPING = 'write-orders';
const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Serves `/__control`, whose responses are JSON; a refusal is `{"error": "one line"}`. */
export function createControl(
  options: ControlOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { platform, reports } = options;
  const functions = createFunctionControl(platform, options.config);
  const instance = randomUUID();

  function mappingOf(id: string): ChangeableMapping {
    if (options.mapping === null) {
      throw new ControlRefusal(404, `there is no mapping ${id}: start the order API with --queue`);
    }
    if (id === MAPPING) return options.mapping;
    throw new ControlRefusal(404, `there is no mapping ${id}: the only one is ${MAPPING}`);
  }

  async function answer(method: string, url: URL, body: string): Promise<unknown> {
    const [, , kind, encoded = '', action, ...rest] = url.pathname.split('/');
    const name = decode(encoded);
    const what = `${method} ${kind ?? ''} ${action ?? ''}`.trim();
    if (rest.length > 0) throw notFound(url);
    switch (what) {
      case 'GET':
        return { instance };
      case 'GET functions':
        return functions.read(name);
      case 'PUT functions':
        return functions.change(name, parseChange(functionChange, body));
      case 'POST functions invocations':
        return invokeDirectly(functions.find(name), parseJson(body), reports);
      case 'GET functions reports':
        return reports.read({
          functionName: functions.find(name).name,
          fromMs: figure(url, 'from'),
          toMs: figure(url, 'to'),
          after: figure(url, 'after'),
        });
      case 'GET mappings':
        return readMapping(mappingOf(name));
      case 'PUT mappings':
        return changeMapping(mappingOf(name), parseChange(mappingChange, body));
      case 'POST mappings messages':
        await mappingOf(name).send(parseChange(message, body).body);
        return {};
      default:
        throw notFound(url);
    }
  }

  async function respond(request: IncomingMessage, body: string): Promise<[number, unknown]> {
    try {
      const method = checkRequest(request);
      const url = new URL(request.url ?? '/', 'http://localhost');
      return [200, await answer(method, url, body)];
    } catch (error) {
      if (error instanceof ControlRefusal) return [error.status, { error: error.message }];
      options.onError(error);
      return [500, { error: error instanceof Error ? error.message : String(error) }];
    }
  }

  return (request, response) => {
    readBody(request, MAX_BODY_BYTES, (body) => {
      if (body === 'aborted') return;
      const responding: Promise<[number, unknown]> =
        body === 'tooLarge'
          ? Promise.resolve([413, { error: 'the body is larger than 6 MB' }])
          : respond(request, body.text);
      void responding.then(([status, value]) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          'cache-control': 'no-store',
        });
        response.end(JSON.stringify(value));
      });
    });
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function figure(url: URL, name: string): number {
  const value = Number(url.searchParams.get(name) ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw new ControlRefusal(400, `${name}: it must be a number`);
}

function notFound({ pathname }: URL): ControlRefusal {
  return new ControlRefusal(404, `the control has no ${pathname} with this method`);
}
