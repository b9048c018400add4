import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** `node scripts/start.mjs COMMAND …` runs a bundle of `scripts/COMMAND.ts`: loading its modules one by one through tsx takes a second. */
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const source = join(ROOT, 'scripts', `${name}.ts`);

if (name === undefined || !existsSync(source)) {
  fail('E_USAGE', `there is no command ${name ?? ''}: see the scripts in package.json`, 2);
} else if (!existsSync(join(ROOT, 'node_modules/esbuild'))) {
  fail('E_NOT_INSTALLED', `the suite's packages are missing: run npm ci in ${ROOT}`, 4);
} else {
  process.argv.splice(1, Infinity, source, ...args);
  const bundle = await upToDateBundle();
  if (bundle === null) {
    const { register } = await import('tsx/esm/api');
    register();
  }
  process.setSourceMapsEnabled(true);
  // The AWS SDK says on stderr that its versions of 2027 will not run on Node 20; this suite pins its version.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  await import(pathToFileURL(bundle ?? source).href);
}

/** The bundle of exactly the current sources; null if none could be made, after a line that says why. */
async function upToDateBundle() {
  const folder = join(ROOT, 'dist/commands', `${name}-${hashSources()}`);
  const bundle = join(folder, `${name}.js`);
  if (existsSync(bundle)) {
    // The next command to bundle removes those that were not started for an hour.
    const now = new Date();
    await utimes(folder, now, now).catch(() => {});
    return bundle;
  }
  try {
    const { bundleCommand } = await import('./bundle-command.mjs');
    await bundleCommand({ root: ROOT, source, folder });
    return bundle;
  } catch (error) {
    const [reason] = error.message.split('\n');
    process.stderr.write(
      `note: slow start, because the command could not be bundled into dist/commands: ${reason}\n`,
    );
    return null;
  }
}

/** Hashes content, not times: a checkout, a copy or an editor may give new content an old time. Takes about 15 ms. */
function hashSources() {
  const hash = createHash('sha256');
  const add = (file) => {
    const content = readFileSync(join(ROOT, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  };
  const addFolder = (folder) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) addFolder(path);
      else if (/\.(ts|mjs|json)$/.test(entry.name)) add(path);
    }
  };
  for (const folder of ['lib', 'order-api', 'scripts']) addFolder(folder);
  // npm writes this file last: it lists the versions that are installed, not those that should be.
  const installed = 'node_modules/.package-lock.json';
  for (const file of ['package.json', installed]) if (existsSync(join(ROOT, file))) add(file);
  return hash.digest('hex').slice(0, 16);
}

function fail(code, message, exitCode) {
  process.stderr.write(`error [${code}]: ${message}\n`);
  process.exitCode = exitCode;
}
