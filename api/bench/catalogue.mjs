// The deterministic catalogue of the bench: no clock, no Math.random, so that every run and every peer sells the same.
// 1,000 products x 3 variants, 10 facets x 6 values, 40 nested collections.

export function prng(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ADJECTIVES =
  'amber ancient azure bold bright calm classic compact crimson curved daring deluxe durable elegant emerald frosted gentle golden graceful humble ivory jolly light lively lunar mellow modern noble olive polished quiet rapid rustic scarlet silver slender sturdy urban velvet vivid'.split(
    ' ',
  );
const MATERIALS =
  'bamboo brass canvas cedar ceramic copper cork cotton denim felt flax granite hemp leather linen marble nylon oak pewter porcelain satin silk steel walnut wool'.split(
    ' ',
  );
const NOUNS =
  'apron backpack basket bench blanket bottle bowl bracelet cabinet candle carafe chair coat cushion desk drawer earring glove hammock helmet jacket jug kettle ladder lamp lantern mirror mug napkin necklace notebook parasol pillow plate poncho racket rug sandal scarf shelf skillet sofa stool table teapot tent towel tray vase wallet'.split(
    ' ',
  );
const PROSE =
  'about after always around balance build careful carry choose comfort corner craft daily detail every evening family finish garden guest handle hearth honest kitchen lasting little maker market morning office patina picnic quality ready repair room season shape simple sturdy summer table travel useful warm weather winter workshop'.split(
    ' ',
  );

export const FACETS = [
  ['department', ['kitchen', 'living', 'garden', 'travel', 'wardrobe', 'studio']],
  ['type', ['essential', 'signature', 'limited', 'outlet', 'bundle', 'gift']],
  ['finish', ['matte', 'gloss', 'brushed', 'raw', 'waxed', 'dyed']],
  ['colour', ['red', 'green', 'blue', 'black', 'white', 'yellow']],
  ['brand', ['aldern', 'brixby', 'corvane', 'dunmore', 'eastvale', 'fenwick']],
  ['season', ['spring', 'early-summer', 'high-summer', 'autumn', 'early-winter', 'deep-winter']],
  ['origin', ['portugal', 'japan', 'india', 'peru', 'norway', 'morocco']],
  ['pattern', ['plain', 'striped', 'checked', 'dotted', 'floral', 'geometric']],
  ['occasion', ['everyday', 'wedding', 'birthday', 'holiday', 'housewarming', 'graduation']],
  ['care', ['hand-wash', 'machine-wash', 'wipe-clean', 'dry-clean', 'dishwasher', 'oil-yearly']],
].map(([code, values]) => ({
  code,
  name: code[0].toUpperCase() + code.slice(1),
  values: values.map((v) => ({ code: v, name: v })),
}));

export const SIZES = ['S', 'M', 'L'];
export const TAX_PERCENT = 20;
export const STOCK = 1000000;
export const SHIPPING_CENTS = 500;
export const IMAGES_PER_PRODUCT = 2;
/** The last products are kept out of the random picks: the last-item race sets their stock. */
export const RACE_PRODUCTS = 10;

export function catalogue({ products: n = 1000, seed = 20260601 } = {}) {
  const rnd = prng(seed);
  const pick = (a) => a[Math.floor(rnd() * a.length)];
  const products = [];
  const seen = new Set();
  for (let i = 0; i < n; i++) {
    let words;
    do {
      words = [pick(ADJECTIVES), pick(MATERIALS), pick(NOUNS)];
    } while (seen.has(words.join(' ')));
    seen.add(words.join(' '));
    const name = words.map((w) => w[0].toUpperCase() + w.slice(1)).join(' ');
    const slug = words.join('-');
    const no = String(i + 1).padStart(4, '0');
    const base = 500 + Math.floor(rnd() * 195) * 100;
    const prose = Array.from({ length: 40 }, () => pick(PROSE)).join(' ');
    // Three facets on every product, three more drawn from the other seven.
    const others = [3, 4, 5, 6, 7, 8, 9];
    for (let k = others.length - 1; k > 0; k--) {
      const j = Math.floor(rnd() * (k + 1));
      [others[k], others[j]] = [others[j], others[k]];
    }
    const facetValues = [0, 1, 2, ...others.slice(0, 3)].map((f) => {
      const v = Math.floor(rnd() * 6);
      return { facet: FACETS[f].code, value: FACETS[f].values[v].code };
    });
    products.push({
      index: i,
      name,
      slug,
      words,
      description: `${name}: ${prose}.`,
      facetValues,
      images: Array.from({ length: IMAGES_PER_PRODUCT }, (_, k) => `catalogue/p${no}-${k + 1}.jpg`),
      variants: SIZES.map((size, k) => ({
        size,
        sku: `P${no}-${size}`,
        name: `${name} ${size}`,
        price: base + k * 250,
        stock: STOCK,
      })),
    });
  }
  const has = (p, facet, values) =>
    p.facetValues.some((fv) => fv.facet === facet && values.includes(fv.value));
  const [dep, type, finish] = FACETS;
  const codes = (f) => f.values.map((v) => v.code);
  const collections = [];
  const halves = [
    [0, 1, 2],
    [3, 4, 5],
    [1, 3, 5],
  ];
  dep.values.forEach((d, i) => {
    const top = {
      name: `Department ${d.name}`,
      slug: `department-${d.code}`,
      parent: null,
      filter: { facet: dep.code, values: [d.code] },
    };
    top.members = products.filter((p) => has(p, dep.code, [d.code]));
    collections.push(top);
    halves.forEach((h, j) => {
      const values = h.map((k) => codes(type)[k]);
      const mid = {
        name: `${top.name} range ${j + 1}`,
        slug: `${top.slug}-range-${j + 1}`,
        parent: top.slug,
        filter: { facet: type.code, values },
      };
      mid.members = top.members.filter((p) => has(p, type.code, values));
      collections.push(mid);
      if (i * 3 + j < 16) {
        const fin = halves[(i + j) % 3].map((k) => codes(finish)[k]);
        const leaf = {
          name: `${mid.name} finish`,
          slug: `${mid.slug}-finish`,
          parent: mid.slug,
          filter: { facet: finish.code, values: fin },
        };
        leaf.members = mid.members.filter((p) => has(p, finish.code, fin));
        collections.push(leaf);
      }
    });
  });
  for (const c of collections)
    c.depth = c.parent === null ? 0 : collections.find((x) => x.slug === c.parent).depth + 1;
  const words = [...new Set(products.flatMap((p) => p.words))].sort();
  return { products, collections, facets: FACETS, words };
}

/** What the harness draws from. */
export function pools(c = catalogue()) {
  const usable = c.products.slice(0, c.products.length - RACE_PRODUCTS);
  return {
    products: usable.map((p) => ({ slug: p.slug, name: p.name })),
    words: c.words.map((w) => ({ word: w })),
    collections: c.collections.map((x) => ({ slug: x.slug, name: x.name, count: x.members.length })),
    skus: usable.flatMap((p) => p.variants.map((v) => v.sku)),
    raceSkus: c.products.slice(-RACE_PRODUCTS).flatMap((p) => p.variants.map((v) => v.sku)),
  };
}
