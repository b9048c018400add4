// Plain JavaScript, so this process starts without a TypeScript loader.
import { buildApp } from 'fauxqs';

// Ctrl-C in a terminal reaches the whole process group; the parent decides when the queue ends.
process.on('SIGINT', () => {});
// The channel closes however the parent ends, also by SIGKILL: no orphan is left.
process.on('disconnect', () => process.exit(0));

// Not its startFauxqs(), which listens on every interface.
const app = buildApp({ logger: false });
app.listen({ host: '127.0.0.1', port: 0 }).then(
  () => process.send?.({ port: app.server.address().port }),
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
