import tseslint from 'typescript-eslint';

const NODE_SIDE = ['lib/node', 'lib/app', 'scripts', 'order-api', 'tests', 'bench', 'studies'];

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

/** Biome lints everything; ESLint carries only the rules that need types: promises, and destructured env. */
export default [
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
];
