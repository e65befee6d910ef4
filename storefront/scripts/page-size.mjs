// Gzipped JavaScript a visitor loads before a product page works. Fails above the limit, so that it is noticed at once.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 100_000;
const client = new URL('../dist/client/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', client), 'utf8'));

const files = new Set();
function collect(source) {
  const chunk = manifest[source];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  (chunk.imports ?? []).forEach(collect);
}
['index.html', 'src/catalog/ProductPage.vue', '../locales/ro/storefront.json'].forEach(collect);
const scripts = [...files].filter((file) => file.endsWith('.js'));
const sizes = scripts.map((file) => [gzipSync(readFileSync(new URL(file, client))).length, file]);

for (const [bytes, file] of sizes.sort(([one], [other]) => other - one))
  console.log(`${String(bytes).padStart(7)}  ${file}`);
const total = sizes.reduce((sum, [bytes]) => sum + bytes, 0);
console.log(`${String(total).padStart(7)}  in all, of ${LIMIT} allowed`);
if (total > LIMIT) process.exit(1);
