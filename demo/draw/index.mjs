// node demo/draw/index.mjs [seed] [--only part-of-a-name] [--missing] [--draft]
import { readFileSync, mkdirSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { render } from './march.mjs';
import { reseed, seedOf } from './seed.mjs';
import { compose } from './views.mjs';
import { images } from './fixtures.mjs';
import { tiles } from './tiles.mjs';

const words = process.argv.slice(2);
const onlyAt = words.indexOf('--only');
const only = onlyAt >= 0 ? words.splice(onlyAt, 2)[1] : undefined;
const missing = words.includes('--missing');
// A draft is traced at 0.6 of the size and enlarged: a third of the time, for trying things out.
const scale = words.includes('--draft') ? 0.6 : 1;
const seed = Number(words.find((w) => /^\d+$/.test(w)) ?? 7);

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const products = JSON.parse(readFileSync(here('../catalogue/products.json'), 'utf8'));
const categories = JSON.parse(readFileSync(here('../catalogue/categories.json'), 'utf8'));

const jobs = [];
for (const product of products) {
  for (const { file } of product.images) {
    const [slug, view, color] = file.replace('.webp', '').split('--');
    jobs.push({
      file: here(`../pictures/${file}`),
      width: 1000,
      height: 1250,
      limit: 58,
      scene: () => compose(slug, view, color),
    });
  }
}
for (const { slug, image } of categories) {
  jobs.push({ file: here(`../pictures/${image}`), limit: 58, cutFrom: here(`../pictures/${tiles[slug]}`) });
}
for (const [name, image] of Object.entries(images)) {
  jobs.push({ ...image, file: here(`../pictures/${name}.webp`), limit: 136 });
}

mkdirSync(here('../pictures'), { recursive: true });
const todo = jobs.filter((job) => (!only || job.file.includes(only)) && !(missing && existsSync(job.file)));
const began = Date.now();
for (const [i, job] of todo.entries()) {
  reseed(seed);
  const image = () => {
    if (job.cutFrom) return sharp(job.cutFrom).extract({ left: 0, top: 110, width: 1000, height: 1000 });
    return sharp(drawn, {
      raw: { width: job.width * scale, height: job.height * scale, channels: 3 },
    }).resize(job.width, job.height);
  };
  const drawn =
    job.scene &&
    render(job.scene(), job.width * scale, job.height * scale, seedOf(job.file.split(/[\\/]/).pop(), seed));
  // Weaves are all detail; a heavier file is drawn at a lower quality rather than blurred.
  for (let quality = 90; quality >= 20; quality -= 10) {
    const info = await image().webp({ quality, effort: 4, smartSubsample: true }).toFile(job.file);
    if (info.size <= job.limit * 1000) break;
  }
  const left = Math.round((((Date.now() - began) / (i + 1)) * (todo.length - i - 1)) / 1000);
  console.log(`${i + 1}/${todo.length} ${job.file.split(/[\\/]/).pop()} (${left} s left)`);
}
