// Checks the demo catalogue before anything is seeded from it, because a broken
// reference found here costs a second and one found by a visitor costs trust.
import { readFileSync, existsSync } from 'node:fs';

const at = (path) => new URL(path, import.meta.url);
const read = (name) => JSON.parse(readFileSync(at(`catalogue/${name}.json`), 'utf8'));
const [categories, attributes, tags, locations, products, metadata] = [
  'categories',
  'attributes',
  'tags',
  'locations',
  'products',
  'metadata',
].map(read);

const faults = [];
const expect = (holds, fault) => {
  if (!holds) faults.push(fault);
};
const unique = (list, what) => {
  const seen = new Set();
  for (const item of list) {
    expect(!seen.has(item), `${what} twice: ${item}`);
    seen.add(item);
  }
  return seen;
};
const texts = (text, where) => {
  for (const language of ['ro', 'en', 'fr']) {
    const words = text?.[language];
    expect(typeof words === 'string' && words.trim() !== '', `${where}: no ${language}`);
    // The cedilla letters look right and sort, search and print wrong in Romanian.
    expect(!/[şţŞŢ]/.test(words ?? ''), `${where}: cedilla in ${language}`);
  }
};
const image = (file, where) => expect(existsSync(at(`pictures/${file}`)), `${where}: no picture ${file}`);
const whole = (value, where) => expect(Number.isInteger(value) && value >= 0, `${where}: not a whole number`);

const categorySlugs = unique(
  categories.map((c) => c.slug),
  'category',
);
for (const category of categories) {
  texts(category.name, category.slug);
  texts(category.description, category.slug);
  expect(category.parent === null || categorySlugs.has(category.parent), `${category.slug}: unknown parent`);
  image(category.image, category.slug);
}

const storeCodes = unique(
  locations.map((l) => l.code),
  'location',
);

const valuesOf = {};
unique(
  attributes.map((a) => a.code),
  'attribute',
);
for (const attribute of attributes) {
  texts(attribute.name, attribute.code);
  valuesOf[attribute.code] = unique(
    attribute.values.map((v) => v.code),
    `${attribute.code} value`,
  );
  for (const value of attribute.values) {
    texts(value.name, `${attribute.code} ${value.code}`);
    if (value.care) texts(value.care, `care of ${attribute.code} ${value.code}`);
    if (attribute.kind === 'COLOR')
      expect(/^#[0-9A-Fa-f]{6}$/.test(value.swatch), `${value.code}: no swatch`);
  }
}

const tagSlugs = unique(
  tags.map((t) => t.slug),
  'tag',
);
for (const tag of tags) texts(tag.name, tag.slug);

const labels = new Set(['NEW', 'LIMITED', 'FREE_SHIPPING']);
const productSlugs = unique(
  products.map((p) => p.slug),
  'product',
);
unique(
  products.flatMap((p) => p.variants.map((v) => v.sku)),
  'sku',
);
unique(
  products.flatMap((p) => p.variants.flatMap((v) => v.barcode ?? [])),
  'barcode',
);
for (const product of products) {
  const { slug } = product;
  texts(product.name, slug);
  texts(product.summary, slug);
  texts(product.description, slug);
  if (product.seo) {
    texts(product.seo.title, slug);
    texts(product.seo.description, slug);
  }
  expect(product.categories.length > 0, `${slug}: no category`);
  for (const category of product.categories)
    expect(categorySlugs.has(category), `${slug}: unknown category ${category}`);
  for (const tag of product.tags) expect(tagSlugs.has(tag), `${slug}: unknown tag ${tag}`);
  for (const label of product.labels) expect(labels.has(label), `${slug}: unknown label ${label}`);
  for (const [code, values] of Object.entries(product.attributes)) {
    for (const value of values) expect(valuesOf[code]?.has(value), `${slug}: unknown ${code} ${value}`);
  }
  whole(product.createdDaysAgo, slug);

  expect(product.options.length <= 3, `${slug}: more than three options`);
  for (const option of product.options) {
    texts(option.name, `${slug} ${option.code}`);
    unique(
      option.values.map((v) => v.code),
      `${slug} ${option.code}`,
    );
    for (const value of option.values) texts(value.name, `${slug} ${option.code} ${value.code}`);
  }

  expect(
    product.variants.length >= 1 && product.variants.length <= 12,
    `${slug}: ${product.variants.length} variants`,
  );
  unique(
    product.variants.map((v) => JSON.stringify(product.options.map((o) => v.options[o.code]))),
    `${slug} combination`,
  );
  for (const variant of product.variants) {
    for (const [store, units] of Object.entries(variant.stores ?? {})) {
      expect(storeCodes.has(store), `${variant.sku}: unknown store ${store}`);
      whole(units, `${variant.sku} in ${store}`);
    }
    const { sku } = variant;
    expect(Object.keys(variant.options).length === product.options.length, `${sku}: wrong options`);
    for (const option of product.options) {
      expect(
        option.values.some((v) => v.code === variant.options[option.code]),
        `${sku}: unknown ${option.code}`,
      );
    }
    for (const field of ['price', 'stock', 'weightGrams']) whole(variant[field], `${sku} ${field}`);
    expect(variant.price > 0, `${sku}: free`);
    expect(
      variant.compareAt === undefined || variant.compareAt > variant.price,
      `${sku}: compareAt not above price`,
    );
    expect(variant.image === undefined || product.images[variant.image], `${sku}: unknown image`);
  }

  expect(product.images.length >= 3, `${slug}: fewer than three pictures`);
  unique(
    product.images.map((i) => i.file),
    `${slug} picture`,
  );
  for (const { file, alt } of product.images) {
    image(file, slug);
    texts(alt, `${slug} ${file}`);
  }
}

for (const { slug, metadata: staff, publicMetadata } of metadata) {
  expect(productSlugs.has(slug), `metadata of no product: ${slug}`);
  for (const key of Object.keys({ ...staff, ...publicMetadata }))
    expect(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(key), `metadata of ${slug}: no key is ${key}`);
}
for (const fault of faults.slice(0, 40)) console.error(fault);
const variantCount = products.reduce((sum, p) => sum + p.variants.length, 0);
console.log(
  `${products.length} products, ${variantCount} variants, ${categories.length} categories, ${tags.length} tags: ${faults.length ? `${faults.length} faults` : 'all good'}`,
);
process.exit(faults.length ? 1 : 0);
