import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface RecordingServer {
  readonly url: string;
  readonly port: number;
  /** Orders; the preflight's GET is not in it. */
  readonly orders: readonly SeenRequest[];
  readonly gets: readonly SeenRequest[];
}

type Answer = (request: SeenRequest, response: Parameters<RequestListener>[1]) => void;

export const created: Answer = (_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('"Order created successfully"');
};

/** A server on loopback that keeps every request, until the running test ends. */
export async function startRecordingServer(
  answer: Answer = created,
  make: (listener: RequestListener) => Server = (listener) => createServer(listener),
): Promise<RecordingServer> {
  const orders: SeenRequest[] = [];
  const gets: SeenRequest[] = [];
  const keep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, body };
    (method === 'GET' ? gets : orders).push(seen);
    answer(seen, response);
  };
  const server = make((request, response) => {
    // A client that hangs up in the middle of its request leaves nothing to keep.
    keep(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, orders, gets };
}
