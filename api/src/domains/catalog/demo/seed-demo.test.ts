import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogShop, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { publishedEvents } from '@vitrine/testing/shop/published-events.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { seedDemoCatalogue } from '../index.js';

const DEMO = fileURLToPath(new URL('../../../../../demo', import.meta.url));

const CARD = `id slug name summary labels featured priceRange { min { amount currency decimal } max { amount } } compareAtPrice { amount }
  discountPercent availability image { id url(width: 640) alt width height } hoverImage { url(width: 320) } swatches { name color } quickAddVariantId`;

describe('the demo shop', () => {
  let shop: CatalogShop;
  beforeAll(async () => {
    shop = await catalogShop();
    await seedDemoCatalogue(shop.database, shop.storage, DEMO);
    await publishedEvents(shop);
    await shop.catalog.reference.get();
  });
  afterAll(() => shop.close());

  it('is complete after the first start and untouched by the second', async () => {
    const before = await shop.ask('{ products { totalCount } }');

    const added = await seedDemoCatalogue(shop.database, shop.storage, DEMO);

    expect(added).toBe(0);
    expect(before.products.totalCount).toBeGreaterThan(40);
  });

  it('shows a list of 24 with one statement, and its facets with one more', async () => {
    const list = await countStatements(() =>
      shop.ask(`{ products(first: 24) { nodes { ${CARD} } pageInfo { hasNextPage endCursor } } }`),
    );
    const full = await countStatements(() =>
      shop.ask(`{ products(first: 24) { nodes { ${CARD} category { name } breadcrumbs { slug } tags { name } } totalCount priceBounds { min { amount } max { amount } }
        facets { code name kind values { code name swatch count selected } } } }`),
    );

    expect(list.result.products.nodes).toHaveLength(24);
    expect(list.count).toBe(1);
    expect(full.count).toBe(2);
  });

  it('searches with facet counts in two statements', async () => {
    const { count, result } = await countStatements(() =>
      shop.ask(
        `{ products(search: "cana", sort: RELEVANCE) { nodes { name } totalCount facets { code values { code count } } } }`,
      ),
    );

    expect(count).toBe(2);
    expect(result.products.nodes[0].name).toMatch(/^C[aă]n/);
  });

  it('shows a whole product page with four statements', async () => {
    const { count, result } = await countStatements(() =>
      shop.ask(`{ product(slug: "cana-dimineata") { ${CARD} description images { url(width: 1000) alt } options { code name values { code name swatch } }
        variants { id sku name price { amount } availability availableQuantity taxRatePercent optionValues { code } image { id } product { name } }
        category { slug } categories { slug } breadcrumbs { name slug } tags { name } attributes { code values { code } } seo { title description noindex } } }`),
    );

    expect(count).toBeLessThanOrEqual(4);
    expect(result.product.variants).toHaveLength(8);
    expect(result.product.variants[0].optionValues).toHaveLength(2);
    expect(result.product.breadcrumbs.length).toBeGreaterThan(0);
  });

  it('tells buyers how the material of a product is cared for, in their language', async () => {
    const careOf = async (slug: string, language: 'ro' | 'en' | 'fr') => {
      const { product } = await shop.ask(
        'query($slug: String!) { product(slug: $slug) { attributes { code values { care } } } }',
        { slug },
        { language },
      );
      return product.attributes.find(({ code }: { code: string }) => code === 'material').values[0].care;
    };

    expect(await careOf('cana-dimineata', 'en')).toContain('soft sponge');
    expect(await careOf('cana-dimineata', 'fr')).toContain('éponge');
    expect(await careOf('cana-dimineata', 'ro')).toContain('burete');
  });

  it('finds related products with one statement', async () => {
    const { result } = await countStatements(() =>
      shop.ask('{ product(slug: "cana-dimineata") { relatedProducts(first: 3) { slug } } }'),
    );

    expect(result.product.relatedProducts).toHaveLength(3);
  });
});
