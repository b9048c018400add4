/**
 * Which room may import which. Every rule is an allow-list: whatever it does not name is an error.
 * docs/architecture.md says why the rooms are cut this way.
 */

const NPM = '(^|/)node_modules/';
const NODE_BUILTIN =
  '^(node:)?(assert|async_hooks|buffer|child_process|cluster|crypto|dgram|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|url|util|v8|vm|worker_threads|zlib)(/|$)';
const K6 = '^k6(/|$)|(^|/)node_modules/@types/k6/';

/** Its rooms have a place among those of lib/core. */
const QUESTIONS = 'questions';

/** The rooms of lib/core, lowest first: a room may import itself and the rows above it. */
const CORE_ROWS = [
  ['histogram', 'order', 'auth', 'lambda', 'statistics', 'text', 'errors'],
  ['telemetry', 'cost'],
  ['load'],
  ['reads'],
  ['config'],
  ['report', 'first-config'],
  ['judge', 'history', 'tune'],
  [QUESTIONS, 'trend'],
  ['compare'],
  ['summary'],
  ['render'],
  ['night', 'walkthrough'],
];
const PROFILES = '^lib/questions/[^/]+/profile[.]ts$';
const CORE_PACKAGES = {
  statistics: ['jstat'],
  config: ['zod'],
  report: ['zod', 'simple-statistics'],
  judge: ['simple-statistics'],
  questions: ['zod', 'simple-statistics'],
  history: ['zod'],
  tune: ['zod', 'simple-statistics'],
  trend: ['zod', 'simple-statistics'],
  compare: ['simple-statistics', 'pure-rand'],
  render: ['fast-xml-builder', 'picocolors', 'wrap-ansi'],
};
/** The rooms of order-api, lowest first: as in lib/core. Its front files lie above all of them. */
const ORDER_API_ROWS = [
  ['config'],
  ['servers'],
  ['store'],
  ['handlers'],
  ['functions', 'lambda'],
  ['emit', 'queue'],
  ['faults'],
  ['local'],
  ['control'],
];

function only(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: typeof from === 'string' ? { path: from } : from,
    to: { pathNot: allowed },
  };
}

function pathOf(room) {
  return room === QUESTIONS ? '^lib/questions/' : `^lib/core/${room}/`;
}

function coreRooms() {
  return CORE_ROWS.flatMap((row, index) =>
    row.map((room) => {
      const below = CORE_ROWS.slice(0, index).flat();
      const packages = (CORE_PACKAGES[room] ?? []).map((name) => `${NPM}${name}/`);
      const rooms = [room, ...below].map(pathOf);
      return only(
        `core-${room}`,
        pathOf(room),
        [...rooms, ...packages],
        `lib/core is pure and has an order: ${room} imports only what lies below it.`,
      );
    }),
  );
}

function orderApiRooms() {
  return ORDER_API_ROWS.flatMap((row, index) =>
    row.map((room) => {
      const below = ORDER_API_ROWS.slice(0, index).flat();
      return only(
        `order-api-${room}`,
        `^order-api/${room}/`,
        [`^order-api/(${[room, ...below].join('|')})/`, NPM, NODE_BUILTIN],
        `order-api has an order: ${room} imports only what lies below it.`,
      );
    }),
  );
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...coreRooms(),
    {
      name: 'core-room-unknown',
      comment: 'Give a new room of lib/core its place in CORE_ROWS.',
      severity: 'error',
      from: {},
      to: { path: '^lib/core/', pathNot: CORE_ROWS.flat().map(pathOf) },
    },
    only(
      'k6-side',
      '^lib/k6/',
      ['^lib/k6/', '^lib/core/', PROFILES, K6],
      'lib/k6 runs inside k6, and takes only the profile of a question.',
    ),
    only(
      'page-side',
      '^lib/page/',
      ['^lib/(page|core|questions)/', `${NPM}uplot/`],
      'lib/page runs in a browser.',
    ),
    only(
      'scenarios',
      '^scenarios/',
      ['^lib/k6/', '^lib/core/', PROFILES, K6],
      'Scenarios run inside k6, and take only the profile of a question.',
    ),
    {
      name: 'node-rooms-apart',
      comment:
        'Rooms of lib/node meet in lib/app, or in a type of lib/core; all of them start processes.',
      severity: 'error',
      from: { path: '^lib/node/([^/]+)/' },
      to: { path: '^lib/node/', pathNot: '^lib/node/($1|process)/' },
    },
    only(
      'node-side',
      '^lib/node/',
      ['^lib/(node|core|questions)/', NPM, NODE_BUILTIN],
      'lib/node has the effects.',
    ),
    only(
      'app-side',
      '^lib/app/',
      ['^lib/(app|node|core|questions)/', '^order-api/(config/.+|[^/]+)[.]ts$', NPM, NODE_BUILTIN],
      'lib/app composes the rooms of lib, reads the options of the order API, and starts it by its front files.',
    ),
    only(
      'scripts',
      '^scripts/',
      [
        '^scripts/',
        '^lib/(app|node|core|questions)/',
        '^order-api/(config/.+|[^/]+)[.]ts$',
        '^package[.]json$',
        NPM,
        NODE_BUILTIN,
      ],
      'Scripts call lib, and start the order API by its front files.',
    ),
    ...orderApiRooms(),
    only(
      'order-api-alone',
      '^order-api/',
      ['^order-api/', NPM, NODE_BUILTIN],
      'The order API is not part of the suite.',
    ),
    {
      name: 'order-api-room-unknown',
      comment: 'Give a new room of order-api its place in ORDER_API_ROWS.',
      severity: 'error',
      from: {},
      to: {
        path: '^order-api/[^/]+/',
        pathNot: `^order-api/(${ORDER_API_ROWS.flat().join('|')})/`,
      },
    },
    {
      name: 'order-api-is-started-not-used',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/app/' },
      to: { path: '^(order-api|scripts|tests|bench|studies|scenarios)/' },
    },
    {
      name: 'k6-only-in-k6',
      comment: 'k6 modules exist only inside k6; their types would also legalise __ENV here.',
      severity: 'error',
      from: { pathNot: '^(lib/k6|scenarios|bench|studies|tests)/' },
      to: { path: K6 },
    },
    {
      name: 'process-by-argument',
      comment:
        'Only scripts read the process; an import of it would hide that from the lint rules.',
      severity: 'error',
      from: { path: '^(lib|order-api)/' },
      to: { path: '^(node:)?process$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolvable',
      comment: 'A package that is not installed, or a file that is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: K6 },
    },
  ],
  options: {
    doNotFollow: { path: NPM },
    exclude: { path: '(^|/)(dist|results)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
