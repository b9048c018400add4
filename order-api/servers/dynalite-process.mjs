// Plain JavaScript, so this process starts without a TypeScript loader.
import dynalite from 'dynalite';

// Ctrl-C in a terminal reaches the whole process group; the parent decides when the store ends.
process.on('SIGINT', () => {});
// The channel closes however the parent ends, even by SIGKILL, so this process is never left behind.
process.on('disconnect', () => process.exit(0));

const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
