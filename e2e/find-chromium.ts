import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

// The first has no windows, and takes two thirds of the processor time of the others.
const NAMES = [
  ...['chromium-headless-shell', 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable', 'microsoft-edge'],
];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The browser to test with, or null when this machine has none and none can be unpacked. */
export async function findChromium(): Promise<string | null> {
  // A path that was asked for is never replaced by another in silence.
  const asked = process.env.CHROME_PATH;
  if (asked) return executable(asked) ? asked : null;
  return onPath() ?? (executable(MAC) ? MAC : null) ?? inPlaywrightsCache() ?? (await unpacked());
}

function onPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable) ?? null;
}

function inPlaywrightsCache(): string | null {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return null;
  const programs = readdirSync(cache)
    .filter((name) => name.startsWith('chromium'))
    .sort()
    .reverse()
    .flatMap((name) =>
      ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-linux/headless_shell'].map((file) =>
        join(cache, name, file),
      ),
    );
  return programs.find(executable) ?? null;
}

/** The optional package brings a Chromium for Linux x64, which it unpacks into the temp folder. */
async function unpacked(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  // Read when the package is imported: with it the package also unpacks the NSS libraries that a bare system lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } catch {
    return null;
  }
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const found = await findChromium();
  if (found) console.log(found);
  else process.exitCode = 1;
}
