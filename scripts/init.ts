import { Command } from 'commander';
import { parseCommand } from '../lib/app/cli/parse-command.ts';
import { runMain } from '../lib/app/cli/run-main.ts';
import { writeFirstConfig } from '../lib/app/init/write-first-config.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

runMain(process, async () => {
  const command = new Command('npm run init --')
    .description('Writes a first load.config.ts from an OpenAPI 3 file or a SAM template.')
    .argument('<file>', 'YAML or JSON')
    .option('--path <path>', 'path of the operation that creates orders, if that is not clear')
    .option('--out <file>', 'file for the config; JSON if its name ends in .json', 'load.config.ts')
    .addHelpText(
      'after',
      '\nExit codes: 0 written, 2 usage error, a file that says too little, or a config that already exists',
    );
  parseCommand(command, process.argv.slice(2));
  const [file = ''] = command.args;
  const { path, out } = command.opts<{ path?: string; out: string }>();
  const notes = await writeFirstConfig({ file, path: path ?? null, out });
  const lines = [
    `written: ${out}`,
    ...notes.map((note) => `- ${note}`),
    'Next: npm run load:smoke -- --learn asks the API itself (docs/your-own-api.md).',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.pass;
});
