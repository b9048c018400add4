// Vite puts its own BASE_URL ('/') into the environment, and every process that a test starts would
// take it for the address of a target.
delete process.env['BASE_URL'];
