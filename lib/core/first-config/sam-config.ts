import type { LoadConfig } from '../config/run-config.ts';
import {
  chooseWayIn,
  type Fields,
  type FirstConfig,
  isRecord,
  orderRoutes,
  SIGV4_NOTE,
  type WayIn,
} from './way-in.ts';

interface Route {
  readonly path: string;
  readonly method: string;
  readonly properties: Fields;
}

const GATEWAY_EVENTS = ['Api', 'HttpApi'];

/**
 * A first config from the resources of a SAM template. Its events have the routes, but not the bodies.
 *
 * @throws UserError E_API_DESCRIPTION if it is not clear which route creates orders.
 */
export function samConfig(resources: Fields, document: Fields, path: string | null): FirstConfig {
  const routes = Object.values(resources).flatMap(routesOf);
  const waysIn = routes.flatMap((route): (WayIn & Route)[] =>
    route.method === 'POST' || route.method === 'PUT' ? [{ ...route, method: route.method }] : [],
  );
  const wayIn = chooseWayIn(waysIn, path);
  const gets = routes.filter(({ method }) => method === 'GET').map((route) => route.path);
  const { order, notOffered, note } = orderRoutes(wayIn, gets);
  const queued = waysIn.find(
    (route) => route.path.startsWith(`${wayIn.path}/`) && !route.path.includes('{'),
  );
  const access = accessOf(wayIn.properties, resources, document);
  return {
    config: {
      ...access,
      order: {
        ...order,
        ...(queued !== undefined && { enqueuePath: queued.path }),
        contract: {
          notOffered: [...notOffered, ...(queued === undefined ? (['queueOrder'] as const) : [])],
        },
      },
    },
    notes: [
      note,
      ...(access.sigv4 === undefined ? [] : [SIGV4_NOTE]),
      'A SAM template does not describe bodies and responses: `npm run load:smoke -- --learn` proposes the rest.',
      'Set target to the address shown by `sam deploy` or `sam list stack-outputs`.',
    ],
  };
}

function routesOf(resource: unknown): Route[] {
  if (!isRecord(resource) || resource['Type'] !== 'AWS::Serverless::Function') return [];
  const { Events } = isRecord(resource['Properties']) ? resource['Properties'] : {};
  return (isRecord(Events) ? Object.values(Events) : []).flatMap((event): Route[] => {
    if (!isRecord(event) || !GATEWAY_EVENTS.includes(String(event['Type']))) return [];
    const properties = isRecord(event['Properties']) ? event['Properties'] : {};
    const { Path, Method } = properties;
    if (typeof Path !== 'string' || typeof Method !== 'string') return [];
    return [{ path: Path, method: Method.toUpperCase(), properties }];
  });
}

/** The authentication in the route, its API or the globals. */
function accessOf(properties: Fields, resources: Fields, document: Fields): LoadConfig {
  const apis = Object.values(resources).flatMap((resource) =>
    isRecord(resource) &&
    /^AWS::Serverless::(Http)?Api$/.test(String(resource['Type'])) &&
    isRecord(resource['Properties'])
      ? [resource['Properties']['Auth']]
      : [],
  );
  const globals = isRecord(document['Globals']) ? document['Globals'] : {};
  const globalAuths = GATEWAY_EVENTS.flatMap((name) =>
    isRecord(globals[name]) ? [globals[name]['Auth']] : [],
  );
  const auths = [properties['Auth'], ...apis, ...globalAuths].filter(isRecord);
  const authorizer = auths
    .map((auth) => auth['Authorizer'] ?? auth['DefaultAuthorizer'])
    .find((name) => typeof name === 'string');
  const isIam =
    authorizer === 'AWS_IAM' ||
    auths.some((auth) => auth['EnableIamAuthorizer'] === true && authorizer === undefined);
  return {
    ...(auths.some((auth) => auth['ApiKeyRequired'] === true) && { apiKeyEnv: 'ORDER_API_KEY' }),
    ...(isIam && { sigv4: 'eu-west-1' }),
    ...(!isIam &&
      authorizer !== undefined &&
      authorizer !== 'NONE' && { bearerEnv: 'ORDER_API_TOKEN' }),
  };
}
