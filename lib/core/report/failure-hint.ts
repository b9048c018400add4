import { mayHaveArrived, NETWORK_ADVICE, networkCause } from '../order/network-cause.ts';
import type { Failure } from './schema/failure-schema.ts';

const PERHAPS_STORED = 'the order may have been stored all the same';

/**
 * What a failure usually means, and what to do about it; null if nothing is known. `isSince`: orders were stored until
 * it began, and none afterwards.
 */
export function failureHint(failure: Omit<Failure, 'hint'>, isSince: boolean): string | null {
  const { status, error, fromMs } = failure;
  const hint =
    status === null ? networkHint(error ?? '', isSince) : statusHint(failure, status, isSince);
  if (!isSince || hint === null || fromMs === null) return hint;
  return `since second ${Math.floor(fromMs / 1000)}, and orders were stored before that: ${hint}`;
}

function networkHint(error: string, isSince: boolean): string | null {
  const cause = networkCause(error);
  if (cause === null) return null;
  if (cause === 'refused' && isSince) {
    return 'nothing listens there any more: the target was stopped or has crashed';
  }
  return mayHaveArrived(cause)
    ? `${NETWORK_ADVICE[cause]}; ${PERHAPS_STORED}`
    : NETWORK_ADVICE[cause];
}

function statusHint(
  { outcome, example }: Omit<Failure, 'hint'>,
  status: number,
  isSince: boolean,
): string | null {
  const headers = example?.headers ?? {};
  const body = example?.body ?? '';
  if (outcome === 'unexpectedBody' && status < 300) return bodyHint(headers, body);
  if (outcome === 'throttled' && status !== 429) {
    return 'the platform refused the call because too many ran at once, and the gateway passed that on with this status';
  }
  if (status < 400) return redirectHint(headers['Location']);
  // A gateway's own message tells more than its status.
  const aws = awsHint(`${headers['X-Amzn-Errortype'] ?? ''} ${body}`, isSince);
  if (aws !== null && status !== 429) return aws;
  if (isFirewall(status, headers, body)) {
    return 'a firewall or CDN in front of the API responded, not the API: allow this machine there, or send fewer orders at once';
  }
  return byStatus(status, headers, isSince);
}

function byStatus(
  status: number,
  headers: Readonly<Record<string, string>>,
  isSince: boolean,
): string | null {
  switch (status) {
    case 401:
    case 403:
      if (isSince) return 'the credentials have probably expired or been revoked';
      return status === 401
        ? 'the API requires credentials, or does not accept these: check --bearer-env, --api-key-env, --sigv4 and --header'
        : 'credentials are missing, or do not have permission: check --api-key-env, --bearer-env, --sigv4 and --header, and what they allow';
    case 405:
      return `this path requires another method${headers['Allow'] ? ` (${headers['Allow']})` : ''}: check order.createPath and order.createMethod in the config`;
    case 429: {
      const wait = headers['Retry-After'];
      return `a rate limit of the API or of its gateway${wait ? ` (Retry-After: ${wait})` : ''}: a quota or a usage plan of the key, or the concurrency of the function`;
    }
    default:
      return BY_STATUS[status] ?? (status >= 520 && status <= 527 ? BEHIND_CDN : null);
  }
}

const BEHIND_CDN = 'the CDN in front of the API got no usable response from it';

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'the API does not accept this body: read its response, and describe the order in order.fields in the config',
  404: 'nothing is at this path: check --target (its stage or prefix) and order.createPath in the config',
  406: 'the API does not offer the format that the Accept header names: set one in order.headers in the config',
  407: 'a proxy on the way requires credentials: this is not a response of the API',
  408: `the server waited too long for the request; ${PERHAPS_STORED}`,
  409: 'the API sees a conflict with an existing order: an id that was used before, or another order with the same key',
  410: 'this path is gone: check --target and order.createPath in the config',
  411: 'the server requires a Content-Length that did not arrive: check the proxies on the way',
  413: 'the body is larger than the server or its gateway accepts',
  414: 'the address is longer than the server accepts: check --target and order.createPath',
  415: 'the API requires another Content-Type: set it in order.headers in the config',
  421: 'this server is not responsible for that host: check the host in --target, and its certificate',
  422: 'the API understands this body but does not accept it: read its response, and describe the order in order.fields in the config',
  426: 'the server requires another protocol: use https:// in --target, or another version of HTTP',
  431: 'the headers are larger than the server accepts, usually because of a long token',
  500: 'the API itself failed: see its log',
  501: 'the server does not know this method: check order.createMethod in the config',
  502: `a gateway got no usable response from its backend, which crashed or responded in another format; ${PERHAPS_STORED}`,
  503: 'the server or its gateway has no capacity, or is being deployed',
  504: `a gateway gave up waiting for its backend; ${PERHAPS_STORED}`,
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const AWS: readonly (readonly [RegExp, string])[] = [
  [
    /MissingAuthenticationToken|Missing Authentication Token/,
    'API Gateway responds like this if no such path or method is deployed (check --target with its stage, and order.createPath), or if IAM requires a signature (--sigv4)',
  ],
  [
    /ExpiredToken|token (?:included in the request )?(?:is|has) expired/i,
    'the credentials have expired: get new ones',
  ],
  [
    /InvalidSignature|SignatureDoesNotMatch|Signature expired|signature we calculated/,
    'the signature does not match: check the secret key, the region and service of --sigv4, and the clock of this machine',
  ],
  [
    /IncompleteSignature|not a valid key=value pair/,
    'IAM requires a signature but got another kind of Authorization header: use --sigv4',
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId|security token included in the request is invalid/,
    'AWS does not know this access key: check AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN',
  ],
  [
    /AccessDenied|is not authorized to perform/,
    'the policy of the API or of this identity does not allow the call (it needs execute-api:Invoke), or an authorizer refused it',
  ],
];

function awsHint(words: string, isSince: boolean): string | null {
  const found = AWS.find(([pattern]) => pattern.test(words))?.[1];
  if (found !== undefined) return found;
  if (/^\s*(?:ForbiddenException\S*)?\s*\{"message":"Forbidden"\}/.test(words) && !isSince) {
    return 'API Gateway refuses the call: the API key is missing or not valid for this stage (--api-key-env), or an authorizer, a resource policy or a web firewall refused it';
  }
  return null;
}

const FIREWALL_WORDS =
  /request (?:was )?blocked|request could not be satisfied|attention required|access denied|cloudflare|captcha|incapsula|akamai|web application firewall|the requested URL was rejected|\bWAF\b/i;

function isFirewall(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): boolean {
  if (headers['X-Amzn-Waf-Action'] !== undefined || headers['Cf-Mitigated'] !== undefined)
    return true;
  return (
    [403, 405, 406, 429, 503].includes(status) && isHtml(headers, body) && FIREWALL_WORDS.test(body)
  );
}

function redirectHint(location: string | undefined): string {
  return location === undefined
    ? 'a redirect without a location; redirects are never followed, so set --target to the address of the API'
    : `it points to ${location}; redirects are never followed, so use that address in --target, or in order.createPath in the config`;
}

function bodyHint(headers: Readonly<Record<string, string>>, body: string): string {
  return isHtml(headers, body)
    ? 'the response is a web page, such as a login, with a success status: the order was probably not stored; check --target and the credentials'
    : 'the status is not in order.successStatuses, or the body does not match order.successBody; if it does mean that the order was stored, set these in the config';
}

function isHtml(headers: Readonly<Record<string, string>>, body: string): boolean {
  return /html/i.test(headers['Content-Type'] ?? '') || /^\s*<(?:!doctype html|html)/i.test(body);
}
