/** The hash functions of a runtime; text is hashed as UTF-8. */
export interface Sigv4Hashes<Key> {
  readonly sha256Hex: (text: string) => string;
  readonly hmacSha256: (key: Key | string, text: string) => Key;
  readonly hmacSha256Hex: (key: Key, text: string) => string;
}

export interface Sigv4Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export interface Sigv4Request {
  readonly method: string;
  /** Host as in the `host` header: with the port unless it is the protocol's default. */
  readonly host: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark. */
  readonly query?: string;
  /** Headers to sign in addition to the signer's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Sigv4Headers {
  readonly authorization: string;
  readonly 'x-amz-date': string;
  readonly 'x-amz-security-token'?: string;
}

/**
 * Returns a function that signs requests for one region and service. The key of a day is derived once, because it takes
 * four of the seven hashes of a signature.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sigv4Signer<Key>(
  hashes: Sigv4Hashes<Key>,
  credentials: Sigv4Credentials,
  region: string,
  service: string,
): (request: Sigv4Request, nowEpochMs: number) => Sigv4Headers {
  let keyDay = '';
  let key: Key | null = null;

  const signingKey = (day: string): Key => {
    if (key === null || day !== keyDay) {
      const dayKey = hashes.hmacSha256(`AWS4${credentials.secretAccessKey}`, day);
      const serviceKey = hashes.hmacSha256(hashes.hmacSha256(dayKey, region), service);
      key = hashes.hmacSha256(serviceKey, 'aws4_request');
      keyDay = day;
    }
    return key;
  };

  return (request, nowEpochMs) => {
    const date = `${new Date(nowEpochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    const day = date.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const token = credentials.sessionToken;
    const headers: Record<string, string> = {
      ...request.headers,
      host: request.host,
      'x-amz-date': date,
      ...(token === null ? {} : { 'x-amz-security-token': token }),
    };
    const { canonical, signedHeaders } = canonicalRequest(request, headers, hashes.sha256Hex);
    const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hashes.sha256Hex(canonical)}`;
    const signature = hashes.hmacSha256Hex(signingKey(day), toSign);
    return {
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
      'x-amz-date': date,
      ...(token === null ? {} : { 'x-amz-security-token': token }),
    };
  };
}

function canonicalRequest(
  request: Sigv4Request,
  headers: Readonly<Record<string, string>>,
  sha256Hex: (text: string) => string,
): { canonical: string; signedHeaders: string } {
  const lines = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/\s+/g, ' ')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = lines.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query ?? ''),
    ...lines.map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    sha256Hex(request.body),
  ].join('\n');
  return { canonical, signedHeaders };
}

/** Every service except S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string): string {
  return path === '' ? '/' : path.split('/').map(encode).join('/');
}

/** Parameters sorted by their encoded names, then by their values. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((parameter) => {
      const [name = '', value = ''] = parameter.split(/=(.*)/s);
      return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
    })
    .sort(([a, valueA], [b, valueB]) => compare(a, b) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Encodes all but the unreserved characters of RFC 3986; encodeURIComponent leaves five more. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
