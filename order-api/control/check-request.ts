import type { IncomingMessage } from 'node:http';
import { ControlRefusal } from './control-refusal.ts';

/** Names of this machine's loopback; any other might be a name that a web page made point here. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Returns the method of a request that no web page of another origin can have sent: such a page cannot send JSON without
 * a preflight, which is refused, nor with another `Host` or `Origin`.
 *
 * @throws ControlRefusal with the first thing that is wrong.
 */
export function checkRequest({ method = '', headers }: IncomingMessage): string {
  const { host = '', origin } = headers;
  if (!LOOPBACK_HOST.test(host)) {
    throw new ControlRefusal(403, `the host ${host} is not this machine's loopback`);
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ControlRefusal(403, `a page of ${origin} may not control the order API`);
  }
  if (method === 'GET') return method;
  if (method !== 'PUT' && method !== 'POST') {
    throw new ControlRefusal(405, `the control has no method ${method}`);
  }
  const type = headers['content-type'] ?? '';
  if (/^application\/json\s*(;|$)/i.test(type)) return method;
  throw new ControlRefusal(415, 'the body must be JSON, with content-type application/json');
}
