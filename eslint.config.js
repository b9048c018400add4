import tseslint from 'typescript-eslint';

const NODE_SIDE = ['lib/node', 'lib/app', 'scripts', 'order-api', 'tests', 'bench', 'studies'];

const WITHOUT_SPREAD_LITERALS = [
  'lib/app',
  'lib/core',
  'lib/k6',
  'lib/node',
  'lib/page',
  'lib/questions',
  'scenarios',
  'scripts',
  'bench',
  'studies',
  'order-api',
];

const noSpreadLiterals = {
  selector: 'SpreadElement[argument.type=/^(Object|Array)Expression$/]',
  message: 'Write the parts out, and let the formatter break the lines.',
};

const processEnvOnlyInScripts = [
  {
    object: 'process',
    property: 'env',
    message: 'Only scripts/ reads process.env: take it as an argument.',
  },
  {
    object: 'globalThis',
    property: 'process',
    message: 'Name process directly, so that its use is seen.',
  },
];

/** Biome lints everything; ESLint has the rules that Biome lacks: promises, destructured env, spread literals. */
export default [
  { ignores: ['dist/', 'results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: NODE_SIDE.map((room) => `${room}/**/*.ts`),
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      // One program for all rooms: a program for each costs half as much again.
      parserOptions: { project: 'tsconfig.eslint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['lib/node/**/*.ts', 'lib/app/**/*.ts', 'order-api/**/*.ts'],
    // Lambda passes a function its settings by the environment.
    ignores: ['order-api/functions/environment.ts'],
    rules: { 'no-restricted-properties': ['error', ...processEnvOnlyInScripts] },
  },
  {
    files: WITHOUT_SPREAD_LITERALS.map((room) => `${room}/**/*.ts`),
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-syntax': ['error', noSpreadLiterals] },
  },
];
