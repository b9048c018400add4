import { mayHaveArrived, NETWORK_ADVICE, networkCause } from '../order/network-cause.ts';
import type { Failure } from './schema/failure-schema.ts';

const PERHAPS_STORED = 'the order is perhaps stored all the same';

/**
 * What a failure usually means, and what to do about it; null where nothing is known. `isSince` says that orders were
 * stored until it began, and none from then on.
 */
export function failureHint(failure: Omit<Failure, 'hint'>, isSince: boolean): string | null {
  const { status, error, fromMs } = failure;
  const hint =
    status === null ? networkHint(error ?? '', isSince) : statusHint(failure, status, isSince);
  if (!isSince || hint === null || fromMs === null) return hint;
  return `since second ${Math.floor(fromMs / 1000)}, and orders were stored before: ${hint}`;
}

function networkHint(error: string, isSince: boolean): string | null {
  const cause = networkCause(error);
  if (cause === null) return null;
  if (cause === 'refused' && isSince) {
    return 'nothing listens there any more: the target was stopped, or has crashed';
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
  if (status < 400) return redirectHint(headers['Location']);
  // A gateway's own words say more than its status.
  const aws = awsHint(`${headers['X-Amzn-Errortype'] ?? ''} ${body}`, isSince);
  if (aws !== null && status !== 429) return aws;
  if (isFirewall(status, headers, body)) {
    return 'a firewall or CDN in front of the API answered, not the API: have it let this machine through, or send less at once';
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
      if (isSince) return 'the credentials have probably expired, or were revoked';
      return status === 401
        ? 'the API wants credentials, or does not accept these: look at --bearer-env, --api-key-env, --sigv4 and --header'
        : 'the API refuses these credentials, or their lack: look at --api-key-env, --bearer-env, --sigv4 and --header, and at what they may do';
    case 405:
      return `this path takes another method${headers['Allow'] ? ` (${headers['Allow']})` : ''}: look at order.createPath and order.createMethod of the config`;
    case 429: {
      const wait = headers['Retry-After'];
      return `a rate limit of the API or of its gateway${wait ? ` (come back after: ${wait})` : ''}: a quota or a usage plan of the key, or the concurrency of the function`;
    }
    default:
      return BY_STATUS[status] ?? (status >= 520 && status <= 527 ? BEHIND_CDN : null);
  }
}

const BEHIND_CDN = 'the CDN in front of the API got no usable answer from it';

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'the API does not take this body: see what it answers, and spell the order in order.fields of the config',
  404: 'nothing is at this path: look at --target (its stage or prefix) and at order.createPath of the config',
  406: 'the API does not answer in what the Accept header asks for: set one in order.headers of the config',
  407: 'the proxy between wants credentials: it is no answer of the API',
  408: `the server waited too long for the request; ${PERHAPS_STORED}`,
  409: 'the API sees a conflict with an order that it has: ids that were used before, or other orders with the same key',
  410: 'this path is gone: look at --target and at order.createPath of the config',
  411: 'the server wants a Content-Length that it did not see: look at what lies between',
  413: 'the body is larger than the server or its gateway takes',
  414: 'the address is longer than the server takes: look at --target and at order.createPath',
  415: 'the API wants another Content-Type: set it in order.headers of the config',
  421: 'this server does not answer for that host: look at the host in --target, and at its certificate',
  422: 'the API understands this body and does not accept it: see what it answers, and spell the order in order.fields of the config',
  426: 'the server wants another protocol: https:// in --target, or another version of HTTP',
  431: 'the headers are larger than the server takes: most often a long token',
  500: 'the API itself failed: look into its log',
  501: 'the server does not know this method: look at order.createMethod of the config',
  502: `a gateway got no usable answer from what is behind it: it crashed, or answered in another form; ${PERHAPS_STORED}`,
  503: 'the server or its gateway has no capacity, or is being deployed',
  504: `a gateway gave up waiting for what is behind it; ${PERHAPS_STORED}`,
};

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const AWS: readonly (readonly [RegExp, string])[] = [
  [
    /MissingAuthenticationToken|Missing Authentication Token/,
    'API Gateway answers so where no such path or method is deployed (look at --target with its stage, and at order.createPath), and where IAM wants a signature (--sigv4)',
  ],
  [
    /ExpiredToken|token (?:included in the request )?(?:is|has) expired/i,
    'the credentials have expired: get new ones',
  ],
  [
    /InvalidSignature|SignatureDoesNotMatch|Signature expired|signature we calculated/,
    'the signature does not fit: look at the secret key, the region and service of --sigv4, and the clock of this machine',
  ],
  [
    /IncompleteSignature|not a valid key=value pair/,
    'IAM wants a signature and got another kind of Authorization header: use --sigv4',
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId|security token included in the request is invalid/,
    'AWS does not know this access key: look at AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN',
  ],
  [
    /AccessDenied|is not authorized to perform/,
    'the policy of the API or of this identity does not allow the call: it needs execute-api:Invoke, and an authorizer may have refused it',
  ],
];

function awsHint(words: string, isSince: boolean): string | null {
  const found = AWS.find(([pattern]) => pattern.test(words))?.[1];
  if (found !== undefined) return found;
  if (/^\s*(?:ForbiddenException\S*)?\s*\{"message":"Forbidden"\}/.test(words) && !isSince) {
    return 'API Gateway refuses: an API key that is missing or not of this stage (--api-key-env), an authorizer, a resource policy, or a web firewall';
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
    ? 'a redirect that says no place; redirects are never followed, so give --target the address where the API is'
    : `it points to ${location}; redirects are never followed, so give that address: --target, or order.createPath of the config`;
}

function bodyHint(headers: Readonly<Record<string, string>>, body: string): string {
  return isHtml(headers, body)
    ? 'a page for people came with a success status, such as a login: the order is hardly stored; look at --target and at the credentials'
    : 'the status is none of order.successStatuses, or the body is not order.successBody; where it does mean that the order is stored, say so in the config';
}

function isHtml(headers: Readonly<Record<string, string>>, body: string): boolean {
  return /html/i.test(headers['Content-Type'] ?? '') || /^\s*<(?:!doctype html|html)/i.test(body);
}
