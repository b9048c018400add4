import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parseCommand } from '../lib/app/cli/parse-command.ts';
import { runMain } from '../lib/app/cli/run-main.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { firstConfig } from '../lib/core/first-config/first-config.ts';
import { renderFirstConfig } from '../lib/core/first-config/render-first-config.ts';
import { readApiDescription } from '../lib/node/config/read-api-description.ts';

runMain(process, async () => {
  const command = parseCommand(
    new Command('init')
      .description('Writes a first load.config.ts from an OpenAPI 3 file or a SAM template.')
      .argument('<file>', 'YAML or JSON')
      .option('--path <path>', 'path of the operation that creates orders, where that is not clear')
      .option('--out <file>', 'the config; JSON where its name ends so', 'load.config.ts')
      .addHelpText(
        'after',
        '\nExit codes: 0 written, 2 usage error, a file that tells nothing, or a config that is there already',
      ),
    process.argv.slice(2),
  );
  const [file = ''] = command.args;
  const { path, out } = command.opts<{ path?: string; out: string }>();
  const document = await readApiDescription(file);
  const { config, notes } = firstConfig({ document, path: path ?? null });
  await writeFile(out, renderFirstConfig(config, out), { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError(
        'E_CONFIG_THERE',
        error.code === 'EEXIST'
          ? `${out} is there already; name another by --out, or move it away`
          : `${out} cannot be written (${error.code ?? error.message})`,
      );
    },
  );
  const lines = [`written: ${out}`, ...notes.map((note) => `- ${note}`)];
  lines.push(
    'Next: npm run load:smoke -- --learn, which asks the API itself (docs/your-own-api.md).',
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.pass;
});
