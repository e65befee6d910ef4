// Builds vitrine.config.ts and the plugins that it imports by path to dist/: part of `npm run build`, and of the image.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './runtime.mjs';
import { CommandError, run } from './steps.mjs';

export const CONFIG = 'vitrine.config.ts';

/** Swapped in when complete, as the API is. Without the file, what was built from it before is removed. */
export async function buildConfig() {
  const [dist, next] = [join(root, 'dist'), join(root, 'dist-next')];
  await rm(next, { recursive: true, force: true });
  if (existsSync(join(root, CONFIG))) await compile(next);
  await rm(dist, { recursive: true, force: true });
  if (existsSync(next)) await rename(next, dist);
}

/** Types are checked by `npm run check`; what is written is the same. @throws CommandError naming the file at fault */
async function compile(outDir) {
  const options = ['-p', 'tsconfig.plugins.json', '--noCheck', '--outDir', outDir];
  await run(join(root, 'api', 'node_modules', '.bin', 'tsc'), options).catch((error) => {
    const [, file, line, reason] = /^(.+?)\((\d+),\d+\): error TS\d+: (.*)$/m.exec(error.message) ?? [];
    if (!file) throw error;
    throw new CommandError(`${CONFIG} cannot be built: ${file} has a fault in line ${line}: ${reason}`);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildConfig().catch((error) => {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  });
  // The image copies the folder, whether there is a config or not.
  await mkdir(join(root, 'dist'), { recursive: true });
}
