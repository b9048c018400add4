// The baseline for the order API: reads a body, parses it, sends the same response, and does nothing else.
import { createServer } from 'node:http';

const ANSWER = JSON.stringify('Order created successfully');
const HEADERS = { 'content-type': 'application/json', 'content-length': ANSWER.length };

const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, HEADERS);
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit());
