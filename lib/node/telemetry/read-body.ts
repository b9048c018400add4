import type { IncomingMessage } from 'node:http';

/** Largest compressed push that is accepted. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The body of a request, or null if it is larger than `maxBytes` (the rest is not read). */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
