import type { LoadConfig, OrderOverrides } from '../config/run-config.ts';
import { resolved, schemaTemplate } from './schema-template.ts';
import {
  chooseWayIn,
  type Fields,
  type FirstConfig,
  isRecord,
  orderRoutes,
  SIGV4_NOTE,
  type WayIn,
} from './way-in.ts';

interface Operation extends WayIn {
  readonly operation: Fields;
}

const METHODS = ['post', 'put'] as const;
const MALFORMED = [400, 422];

/**
 * A first config from an OpenAPI 3 document.
 *
 * @throws UserError E_API_DESCRIPTION if it is not clear which operation creates orders.
 */
export function openApiConfig(document: Fields, path: string | null): FirstConfig {
  const paths = isRecord(document['paths']) ? document['paths'] : {};
  const operations = Object.entries(paths).flatMap(([at, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const operation = resolved(item, document)[method];
      return isRecord(operation)
        ? [{ path: at, method: method === 'post' ? 'POST' : 'PUT', operation }]
        : [];
    }),
  );
  const wayIn = chooseWayIn(operations, path);
  const gets = Object.keys(paths).filter((at) => isRecord(resolved(paths[at], document)['get']));
  const routes = orderRoutes(wayIn, gets);
  const body = bodyOf(wayIn.operation, document);
  const answers = answersOf(wayIn.operation, document, body?.hasId ?? false);
  const server = serverOf(document);
  const access = accessOf(wayIn.operation, document);
  return {
    config: {
      ...server.config,
      ...access.config,
      order: {
        ...routes.order,
        ...(body !== null && { body: body.template }),
        ...answers.order,
        contract: {
          ...answers.contract,
          notOffered: [...routes.notOffered, ...(answers.isQueue ? [] : (['queueOrder'] as const))],
        },
      },
    },
    notes: [
      routes.note,
      ...server.notes,
      ...access.notes,
      ...(body === null
        ? ['It does not describe the body, so the five fields of the suite are sent.']
        : []),
      ...((body?.guessed.length ?? 0) > 0
        ? [`Guessed, so check them: ${body?.guessed.join(', ')}.`]
        : []),
      ...answers.notes,
    ],
  };
}

function serverOf(document: Fields): { config: LoadConfig; notes: string[] } {
  const [server] = Array.isArray(document['servers']) ? document['servers'] : [];
  const { url, variables } = isRecord(server) ? server : {};
  const filled = String(url ?? '').replace(/\{([^}]+)\}/g, (_, name: string) => {
    const variable = isRecord(variables) ? variables[name] : undefined;
    return isRecord(variable) ? String(variable['default'] ?? '') : '';
  });
  const [, origin, host, path = ''] = /^(https?:\/\/([^/?#]+))([^?#]*)/i.exec(filled) ?? [];
  if (origin === undefined) {
    return {
      config: {},
      notes: ['It names no server: use --target URL with each run, or set target.'],
    };
  }
  return {
    config: { target: `${origin}${path.replace(/\/+$/, '')}` },
    notes: [
      `${host} is not loaded until you allow it: set allowHosts, or use --allow-host, if you are permitted to load it.`,
    ],
  };
}

function bodyOf(operation: Fields, document: Fields) {
  const media = jsonOf(resolved(operation['requestBody'], document)['content']);
  if (media === null || media['schema'] === undefined) return null;
  return schemaTemplate(media['schema'], document);
}

function jsonOf(content: unknown): Fields | null {
  if (!isRecord(content)) return null;
  const key = Object.keys(content).find((type) => /[/+]json\b/i.test(type));
  const media = key === undefined ? undefined : content[key];
  return isRecord(media) ? media : null;
}

interface Answers {
  readonly order: OrderOverrides;
  readonly contract: NonNullable<OrderOverrides['contract']>;
  readonly isQueue: boolean;
  readonly notes: readonly string[];
}

/** How its responses describe a stored order. If the body has no id, the API creates it. */
function answersOf(operation: Fields, document: Fields, hasId: boolean): Answers {
  const responses = isRecord(operation['responses']) ? operation['responses'] : {};
  const statuses = Object.keys(responses).map(Number).filter(Number.isInteger);
  const successes = statuses.filter((status) => status >= 200 && status < 300);
  const malformed = statuses.filter((status) => MALFORMED.includes(status));
  const isQueue = successes.length > 0 && successes.every((status) => status === 202);
  const first = resolved(responses[String(successes[0])], document);
  const idFrom = hasId ? null : idFromOf(first, document);
  const path = idFrom?.startsWith('$') ? idFrom : null;
  return {
    order: {
      ...(successes.length > 0 && { successStatuses: successes }),
      successBody: null,
      ...(path !== null && { successWhen: { present: [path] } }),
      ...(idFrom !== null && { idFrom }),
      ...(isQueue && { enqueuedStatuses: [202], enqueuedBody: null }),
    },
    contract: { ...(malformed.length > 0 && { malformedStatuses: malformed }) },
    isQueue,
    notes: [
      ...(isQueue
        ? [
            'Orders are only accepted there (202): set enqueuePath to the same path, and use load:batch.',
          ]
        : []),
      ...(hasId || idFrom !== null
        ? []
        : [
            'Neither the body nor the response has a known field for the id of an order: set idField or idFrom, otherwise batch cannot look for orders.',
          ]),
    ],
  };
}

/** Where the response to a new order has the id: in a header or a field. */
function idFromOf(response: Fields, document: Fields): string | null {
  const media = jsonOf(response['content']);
  const schema = media === null ? {} : resolved(media['schema'], document);
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const name = ['orderId', 'order_id', 'id'].find((one) => properties[one] !== undefined);
  if (name !== undefined) return `$.${name}`;
  const headers = isRecord(response['headers']) ? Object.keys(response['headers']) : [];
  return headers.some((header) => header.toLowerCase() === 'location') ? 'Location' : null;
}

interface Access {
  readonly config: LoadConfig;
  readonly notes: readonly string[];
}

/** How requests are authenticated: the first scheme that the suite supports. */
function accessOf(operation: Fields, document: Fields): Access {
  const security = operation['security'] ?? document['security'];
  const [wanted] = Array.isArray(security) ? security : [];
  const components = isRecord(document['components']) ? document['components'] : {};
  const schemes = isRecord(components['securitySchemes']) ? components['securitySchemes'] : {};
  const names = isRecord(wanted) ? Object.keys(wanted) : [];
  const all = names.map((name) => accessBy(name, resolved(schemes[name], document)));
  return {
    config: Object.assign({}, ...all.map(({ config }) => config)) as LoadConfig,
    notes: all.flatMap(({ notes }) => notes),
  };
}

function accessBy(name: string, scheme: Fields): Access {
  const type = String(scheme['type'] ?? '').toLowerCase();
  const kind = String(scheme['scheme'] ?? '').toLowerCase();
  if (scheme['x-amazon-apigateway-authtype'] === 'awsSigv4') {
    return {
      config: { sigv4: 'eu-west-1' },
      notes: [SIGV4_NOTE],
    };
  }
  if (type === 'apikey' && scheme['in'] === 'header') {
    const header = String(scheme['name']);
    return header.toLowerCase() === 'x-api-key'
      ? { config: { apiKeyEnv: 'ORDER_API_KEY' }, notes: ['The API key comes from ORDER_API_KEY.'] }
      : {
          config: { headers: [`${header}=env:ORDER_API_KEY`] },
          notes: [`The header ${header} comes from ORDER_API_KEY.`],
        };
  }
  if (type === 'oauth2' || type === 'openidconnect' || (type === 'http' && kind === 'bearer')) {
    return {
      config: { bearerEnv: 'ORDER_API_TOKEN' },
      notes: [
        'The bearer token comes from ORDER_API_TOKEN; docs/getting-in.md explains how it can be renewed during a run.',
      ],
    };
  }
  if (type === 'http' && kind === 'basic') {
    return {
      config: { headers: ['authorization=env:ORDER_API_BASIC'] },
      notes: ['Set ORDER_API_BASIC to `Basic ` and user:password in base64.'],
    };
  }
  return { config: {}, notes: [`The suite does not support the authentication scheme ${name}.`] };
}
