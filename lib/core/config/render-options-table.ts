import type { OptionSpec } from './options/option-spec.ts';
import { OPTION_KEYS, OPTIONS } from './options.ts';

/** The options of a run as a Markdown table, for the docs. */
export function renderOptionsTable(): string {
  const rows = OPTION_KEYS.map((key) => {
    const spec: OptionSpec = OPTIONS[key];
    const env = spec.env.map((name) => `\`${name}\``).join(', ');
    const flag = `\`${spec.flag}\`${spec.repeatable ? ' (repeatable)' : ''}`;
    const cells = [flag, env, spec.inFile ? `\`${key}\`` : '', spec.description, spec.default];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '| flag | environment | config file | what it sets | default |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
