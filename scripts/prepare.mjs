// Runs before `npm start` and `npm test`, under whatever Node the machine has: installs the packages when the
// lockfile asks for others than are there. Plain Node 18 and no packages, because none may be installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = join(root, 'package-lock.json');
// npm writes it as the last act of an install.
const npmsRecord = join(root, 'node_modules', '.package-lock.json');
const ourRecord = join(root, 'node_modules', '.vitrine-installed');

const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
if (!installed()) {
  await install();
  writeFileSync(ourRecord, wanted);
}

function installed() {
  if (!existsSync(npmsRecord)) return false;
  if (existsSync(ourRecord) && readFileSync(ourRecord, 'utf8') === wanted) return true;
  // Somebody ran npm by hand after the lockfile changed.
  return statSync(npmsRecord).mtimeMs >= statSync(lockfile).mtimeMs;
}

async function install() {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log('Installing packages (npm ci); the first time takes a minute or two.');
  const tick = setInterval(() => console.log(`  still installing, ${seconds()} s`), 15_000);
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // An installed NODE_ENV=production would leave out what builds the shop.
  const child = spawn(command, [...first, ...options, '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  clearInterval(tick);
  if (code !== 0) {
    console.error(
      'The packages could not be installed; npm says why above. Is the package registry reachable?',
    );
    process.exit(1);
  }
  console.log(`Installed packages in ${seconds()} s.`);
}
