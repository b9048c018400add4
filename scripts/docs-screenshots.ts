import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain } from '../lib/app/cli/run-main.ts';
import { takePictures } from '../lib/app/docs/take-pictures.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  for (const { file, bytes } of await takePictures(ROOT, process.env)) {
    console.log(`${file} ${Math.round(bytes / 1000)} KB`);
  }
  return EXIT.pass;
});
