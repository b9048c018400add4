import type { IncomingMessage } from 'node:http';

export type Body = { readonly text: string } | 'tooLarge' | 'aborted';

/** Reads a request of at most `maxBytes`. Calls `done` once. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (body: Body) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let settled = false;
  const settle = (body: Body) => {
    if (settled) return;
    settled = true;
    done(body);
  };
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else settle('tooLarge');
  });
  request.on('end', () => {
    const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
    settle({ text: whole?.toString('utf8') ?? '' });
  });
  request.on('close', () => settle('aborted'));
}
