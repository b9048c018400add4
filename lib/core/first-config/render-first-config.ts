import type { LoadConfig } from '../config/run-config.ts';

/** The text of a config file: JSON if its name ends with .json, otherwise TypeScript. */
export function renderFirstConfig(config: LoadConfig, file: string): string {
  const json = JSON.stringify(config, null, 2);
  if (file.endsWith('.json')) return `${json}\n`;
  const script = json.replace(/^(\s*)"([A-Za-z_]\w*)": /gm, '$1$2: ');
  return `import type { LoadConfig } from '../config/run-config.ts';\n\nexport default ${script} satisfies LoadConfig;\n`;
}
