// Writes a .br and a .gz beside every built file that gets smaller by it; the server sends what the browser accepts.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const client = fileURLToPath(new URL('../dist/client/', import.meta.url));
const TEXTS = new Set(['.css', '.ico', '.js', '.json', '.svg', '.txt', '.webmanifest', '.xml']);
/** Below this a compressed answer saves no packet. */
const SMALLEST = 1024;

const compress = {
  br: (file) =>
    promisify(brotliCompress)(file, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: file.length,
      },
    }),
  gz: (file) => promisify(gzip)(file, { level: 9 }),
};

const entries = await readdir(client, { recursive: true, withFileTypes: true });
for (const entry of entries) {
  if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const file = await readFile(path);
  if (file.length < SMALLEST) continue;
  for (const [ending, make] of Object.entries(compress)) {
    const smaller = await make(file);
    if (smaller.length < file.length) await writeFile(`${path}.${ending}`, smaller);
  }
}
