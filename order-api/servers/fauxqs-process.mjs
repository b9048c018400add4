// Plain JavaScript, so this process starts without a TypeScript loader.
import { buildApp } from 'fauxqs';

// Ctrl-C in a terminal reaches the whole process group; the parent decides when the queue ends.
process.on('SIGINT', () => {});
// The channel closes however the parent ends, even by SIGKILL, so this process is never left behind.
process.on('disconnect', () => process.exit(0));

// Not fauxqs's startFauxqs(), which listens on every interface.
const app = buildApp({ logger: false });
app.listen({ host: '127.0.0.1', port: 0 }).then(
  () => process.send?.({ port: app.server.address().port }),
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
