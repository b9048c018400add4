import { codeOf, reasonOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';

export interface AwsCall {
  /** As in a policy of IAM, such as `lambda:GetFunction`. */
  readonly permission: string;
  /** What the call is about, such as `function orders`. */
  readonly subject: string;
  /** Null if not known. */
  readonly region: string | null;
}

const MISSING = new Set(['ResourceNotFoundException', 'QueueDoesNotExist']);
const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'KMSAccessDeniedException']);
const CREDENTIALS = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Why a call of AWS failed, as an error of one line; anything that is no answer of AWS is returned as it is. */
export function awsProblem(error: unknown, call: AwsCall): unknown {
  if (error instanceof UserError) return error;
  const { subject, permission } = call;
  const name = error instanceof Error ? error.name : '';
  const reason = reasonOf(error).replaceAll(/\s+/g, ' ').trim();
  const place = call.region === null ? '' : ` in ${call.region}`;
  const environment = EXIT.environment;
  if (/^Region (is missing|not accepted)/.test(reason)) {
    return new UserError(
      'E_USAGE',
      `no region of AWS: give --region, or set AWS_REGION (${reason})`,
    );
  }
  if (MISSING.has(name)) {
    return new UserError(
      'E_PLATFORM_NOT_FOUND',
      `AWS has no ${subject}${place}: check the name and the region (${reason})`,
    );
  }
  if (DENIED.has(name)) {
    // The message names the permission that lacked, which may be that of a dependent action.
    const lacking = /not authorized to perform: ([\w:*]+)/.exec(reason)?.[1] ?? permission;
    return new UserError(
      'E_PLATFORM_DENIED',
      `AWS refuses access to ${subject}${place}: the credentials lack ${lacking}`,
      environment,
    );
  }
  if (CREDENTIALS.has(name)) {
    return new UserError(
      'E_PLATFORM_CREDENTIALS',
      `no credentials that AWS accepts for ${subject}${place}: ${reason}`,
      environment,
    );
  }
  const status = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata
    ?.httpStatusCode;
  if (UNREACHABLE.has(codeOf(error) ?? '') || name === 'TimeoutError') {
    return new UserError(
      'E_PLATFORM_UNREACHABLE',
      `AWS does not answer about ${subject}${place}: ${reason}`,
      environment,
    );
  }
  if (status === undefined) return error;
  if (status >= 500 || status === 429) {
    return new UserError(
      'E_PLATFORM_UNREACHABLE',
      `AWS cannot answer about ${subject}${place} now: ${name}: ${reason}`,
      environment,
    );
  }
  return new UserError(
    'E_PLATFORM_REFUSED',
    `AWS refuses ${permission} of ${subject}${place}: ${reason}`,
  );
}
