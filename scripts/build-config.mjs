// Builds vitrine.config.ts and the plugins that it imports by path to dist/: part of `npm run build`, and of the image.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './runtime.mjs';
import { CommandError, run } from './steps.mjs';

export const CONFIG = 'vitrine.config.ts';

/** The build of the project's own configuration. */
const OWN = { sources: root, tsconfig: 'tsconfig.plugins.json', outDir: join(root, 'dist') };

/**
 * Builds the configuration in a folder to another one. Swapped in when complete, as the API is. Without the file, what
 * was built from it before is removed.
 */
export async function buildConfig({ sources, tsconfig, outDir } = OWN) {
  const next = `${outDir}-next`;
  await rm(next, { recursive: true, force: true });
  if (existsSync(join(sources, CONFIG))) await compile(tsconfig, next);
  await rm(outDir, { recursive: true, force: true });
  if (existsSync(next)) await rename(next, outDir);
}

/** Types are checked by `npm run check`; what is written is the same. @throws CommandError naming the file at fault */
async function compile(tsconfig, outDir) {
  const options = ['-p', tsconfig, '--noCheck', '--outDir', outDir];
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
