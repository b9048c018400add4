// Vite puts its own BASE_URL ('/') into the environment, and every process that a test starts would
// take it for the address of a target.
delete process.env['BASE_URL'];

// With CI set, the programs under test would colour what they write into a pipe.
process.env['NO_COLOR'] = '1';
