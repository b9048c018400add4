/** One check of the whole tree: a command that must exit with 0. */
export interface Gate {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

/** The gates of `npm run check`, the slowest first. */
export const GATES = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'promises', command: ['eslint', '.'] },
  { name: 'unused', command: ['knip', '--no-config-hints'] },
  { name: 'test-only', command: ['knip', '--production', '--no-config-hints'] },
  {
    name: 'imports',
    command: ['depcruise', 'lib', 'scenarios', 'scripts', 'order-api', 'bench', 'studies', 'tests'],
  },
  { name: 'format', command: ['biome', 'format', '.'] },
  {
    name: 'lint',
    command: ['biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.'],
  },
  { name: 'docs', command: ['node', 'scripts/start.mjs', 'render-docs', '--check'] },
] as const satisfies readonly Gate[];
