import { createServer } from 'node:net';

/** Holds the ports from the first argument up to the second one, so nobody else can take them. */
const [first, last] = process.argv.slice(2).map(Number) as [number, number];

const held: Promise<void>[] = [];
for (let port = first; port <= last; port += 1) {
  held.push(
    new Promise((done, fail) => {
      createServer().once('error', fail).listen(port, done);
    }),
  );
}
await Promise.all(held);
process.send?.('held');
process.once('disconnect', () => process.exit());
