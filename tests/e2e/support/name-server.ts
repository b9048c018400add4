import { createSocket } from 'node:dgram';

/** A name server at 127.0.0.1:53 that gives every name the address 127.0.0.1. */
const TYPE_A = 1;
const HEADER_BYTES = 12;

/** The answer to a query of one question (RFC 1035, section 4). */
function answerTo(query: Buffer): Buffer {
  const questionEnd = query.indexOf(0, HEADER_BYTES) + 5;
  const isA = query.readUInt16BE(questionEnd - 4) === TYPE_A;
  const head = Buffer.from(query.subarray(0, HEADER_BYTES));
  head.writeUInt16BE(0x8580, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(isA ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const question = query.subarray(HEADER_BYTES, questionEnd);
  // A pointer to the name, type A, class IN, one second, four bytes.
  const record = Buffer.from('c00c00010001000000010004' + '7f000001', 'hex');
  return Buffer.concat([head, question, ...(isA ? [record] : [])]);
}

let isSilent = false;
let asked = 0;
const socket = createSocket('udp4', (query, { port, address }) => {
  asked += 1;
  if (!isSilent) socket.send(answerTo(query), port, address);
});
socket.bind(53, '127.0.0.1', () => process.send?.('ready'));
process.on('message', (message: 'silence' | 'close' | 'asked') => {
  if (message === 'silence') isSilent = true;
  if (message === 'close') socket.close();
  process.send?.(asked);
});
process.once('disconnect', () => process.exit());
