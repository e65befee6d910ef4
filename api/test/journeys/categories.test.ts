import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { localId } from '../../src/kernel/ids.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const CATEGORY = 'category { id slug version name parent { id } } errors { code path }';
const MUTATIONS = Object.fromEntries(
  ['Create', 'Update', 'Move', 'Delete'].map((what) => [
    what,
    `mutation($input: Category${what}Input!) { done: category${what}(input: $input) { ${CATEGORY} } }`,
  ]),
);

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ worker: true });
  staff = await shop.staff();
  await shop.stock({ name: 'Jar', sku: 'JAR', price: 5000, stock: 5 });
});
afterAll(() => shop.close());

const write = async (what: string, input: Answer): Promise<Answer> =>
  (await staff.ask(MUTATIONS[what]!, { input })).done;

/** A new category by its Romanian name. */
async function newCategory(name: string, parentId: string | null = null): Promise<Answer> {
  const made = await write('Create', { parentId, translations: [{ locale: 'RO', name }] });
  expect(made.errors).toEqual([]);
  return made.category;
}
const move = (categoryId: string, parentId: string | null, position = 99): Promise<Answer> =>
  write('Move', { categoryId, parentId, position });

/** The slugs below a category, or of the whole shop's top, each with what lies below it in brackets. */
async function treeOf(slug: string): Promise<string> {
  const { categories } = await shop.guest().ask('{ categories { slug depth parent { slug } } }');
  const below = (of: string): string =>
    categories
      .filter(({ parent }: Answer) => parent?.slug === of)
      .map((one: Answer) => one.slug + below(one.slug))
      .join(' ')
      .replace(/^(.+)$/, '($1)');
  return slug + below(slug);
}

/** Puts the jar into these categories. */
async function fill(...categoryIds: string[]): Promise<Answer> {
  const { product } = await staff.ask('{ product(slug: "jar") { id version } }');
  const input = { productId: product.id, expectedVersion: product.version, categoryIds };
  const text =
    'mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { errors { code path } } }';
  return (await staff.ask(text, { input })).productUpdate.errors;
}
const goodsIn = async (slug: string): Promise<string[]> => {
  const text = 'query($category: String!) { products(filter: { category: $category }) { nodes { slug } } }';
  const { products } = await shop.guest().ask(text, { category: slug });
  return products.nodes.map((product: Answer) => product.slug);
};

describe('a category', () => {
  it('is made with its texts in every language, and visitors of every process read them at once', async () => {
    const other = await shop.beside();
    try {
      expect((await other.guest().ask('{ category(slug: "ceramica") { name } }')).category).toBeNull();
      const translations = [
        { locale: 'RO', name: 'Ceramică', description: 'Tot ce arde.', seoTitle: 'Ceramică de mână' },
        { locale: 'EN', name: 'Ceramics' },
        { locale: 'FR', name: 'Céramique' },
      ];
      const made = await write('Create', { translations });
      expect(made).toMatchObject({ category: { slug: 'ceramica', version: 1 }, errors: [] });

      const page =
        '{ category(slug: "ceramica") { name description depth seo { title } breadcrumbs { slug } version translations { name } } }';
      for (const at of [shop, other])
        expect((await at.guest().ask(page)).category).toMatchObject({
          ...{ depth: 1, version: null, translations: null, breadcrumbs: [{ slug: 'ceramica' }] },
          ...{ name: 'Ceramics', description: 'Tot ce arde.', seo: { title: 'Ceramică de mână' } },
        });
      expect((await staff.ask(page)).category.translations).toHaveLength(3);
    } finally {
      await other.close();
    }
  });

  it('that is hidden is in no menu, with what lies below it, and its page and its goods are reached as ever', async () => {
    const [top, hidden] = [await newCategory('Cadouri'), await newCategory('Cadouri secrete')];
    await move(hidden.id, top.id);
    const below = await newCategory('Cadouri mici', hidden.id);
    await fill(below.id);
    const hide = { categoryId: hidden.id, expectedVersion: 2, isHidden: true };
    expect(await write('Update', hide)).toMatchObject({ category: { version: 3 }, errors: [] });

    const all = '{ categories(withHidden: true) { slug } }';
    const menus = `{ categories { slug } categoryTree { slug children { slug } }
      searchSuggestions(term: "cadouri") { categories { slug } }
      product(slug: "jar") { breadcrumbs { slug } }
      category(slug: "cadouri-secrete") { isHidden children { slug } breadcrumbs { slug isHidden } } }`;
    const seen = await shop.guest().ask(menus);

    const slugs = (found: Answer[]) =>
      found.map(({ slug }) => slug).filter((slug) => slug.startsWith('cadouri'));
    expect(slugs(seen.categories)).toEqual(['cadouri']);
    expect(seen.categoryTree.find(({ slug }: Answer) => slug === 'cadouri').children).toEqual([]);
    expect(slugs(seen.searchSuggestions.categories)).toEqual(['cadouri']);
    expect(slugs(seen.product.breadcrumbs)).toEqual(['cadouri']);
    expect(seen.category).toMatchObject({ isHidden: true, children: [{ slug: 'cadouri-mici' }] });
    expect(await goodsIn('cadouri-secrete')).toEqual(['jar']);
    // Whoever may not read the catalog as staff asks in vain.
    expect(slugs((await shop.guest().ask(all)).categories)).toEqual(['cadouri']);
    expect(slugs((await staff.ask(all)).categories)).toEqual(['cadouri', 'cadouri-secrete', 'cadouri-mici']);
    const shown = { categoryId: hidden.id, expectedVersion: 3, isHidden: false };
    expect((await write('Update', shown)).errors).toEqual([]);
    expect(slugs((await shop.guest().ask(menus)).categories)).toHaveLength(3);
  });

  it('is made once, however often the button is pressed', async () => {
    const input = { translations: [{ locale: 'RO', name: 'Lemn' }], idempotencyKey: randomUUID() };

    const [first, second] = await Promise.all([write('Create', input), write('Create', input)]);

    expect(first.category.id).toBe(second.category.id);
    expect((await newCategory('Lemn')).slug).toBe('lemn-2');
  });

  it('needs a name in the language of the shop, and an address that no other has', async () => {
    const { id, version } = await newCategory('Sticlă');
    const english = { translations: [{ locale: 'EN', name: 'Glass' }] };
    expect((await write('Create', english)).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['translations'] },
    ]);
    const taken = { categoryId: id, expectedVersion: version, slug: (await newCategory('Metal')).slug };
    expect((await write('Update', taken)).errors).toEqual([{ code: 'SLUG_TAKEN', path: ['slug'] }]);
    const wrong = { categoryId: id, expectedVersion: version, slug: 'Not a slug' };
    expect((await write('Update', wrong)).errors).toEqual([{ code: 'INVALID_INPUT', path: ['slug'] }]);
  });

  it('keeps the texts that are not sent, and the change of whoever was first', async () => {
    const { id: categoryId } = await newCategory('Hârtie');
    const change = (expectedVersion: number, name: string): Promise<Answer> =>
      write('Update', { categoryId, expectedVersion, translations: [{ locale: 'EN', name }] });

    const [one, two] = await Promise.all([change(1, 'Paper'), change(1, 'Papers')]);

    const refused = one.errors.length > 0 ? one : two;
    expect(refused.errors.map(({ code }: Answer) => code)).toEqual(['STALE_VERSION']);
    const { node } = await staff.ask(
      'query($id: ID!) { node(id: $id) { ... on Category { version translations { locale name } } } }',
      { id: categoryId },
    );
    expect(node.version).toBe(2);
    expect(node.translations).toContainEqual({ locale: 'RO', name: 'Hârtie' });
  });

  it('leads from its former addresses to the present one, until another takes them', async () => {
    const { id: categoryId } = await newCategory('Vaze');
    const change = async (expectedVersion: number, slug: string): Promise<Answer> =>
      (await write('Update', { categoryId, expectedVersion, slug })).errors;
    expect([await change(1, 'vaze-mici'), await change(2, 'vaze-de-masa')]).toEqual([[], []]);

    const at = async (slug: string): Promise<Answer> =>
      (await shop.guest().ask('query($slug: String!) { category(slug: $slug) { slug } }', { slug })).category;
    expect([await at('vaze'), await at('vaze-mici')]).toEqual([
      { slug: 'vaze-de-masa' },
      { slug: 'vaze-de-masa' },
    ]);
    expect(await change(3, 'vaze')).toEqual([]);
    expect(await at('vaze')).toEqual({ slug: 'vaze' });
    await write('Create', { translations: [{ locale: 'RO', name: 'Altele' }], slug: 'vaze-mici' });
    expect(await at('vaze-mici')).toEqual({ slug: 'vaze-mici' });
  });

  it('is found by its new name, with the goods in it', async () => {
    const { id: categoryId } = await newCategory('Borcane');
    await fill(categoryId);
    const found = async (search: string): Promise<number> => {
      const text = 'query($search: String!) { products(search: $search) { nodes { slug } } }';
      return (await shop.guest().ask(text, { search })).products.nodes.length;
    };
    expect(await found('borcane')).toBe(1);

    await write('Update', {
      categoryId,
      expectedVersion: 1,
      translations: [{ locale: 'RO', name: 'Recipiente' }],
    });

    expect([await found('recipiente'), await found('borcane')]).toEqual([1, 0]);
  });
});

describe('the tree', () => {
  it('is put in order: within a category, into another and back to the top', async () => {
    const top = await newCategory('Casa');
    const [a, b, c] = [
      await newCategory('A', top.id),
      await newCategory('B', top.id),
      await newCategory('C', top.id),
    ];
    expect(await treeOf('casa')).toBe('casa(a b c)');

    await move(c.id, top.id, 0);
    expect(await treeOf('casa')).toBe('casa(c a b)');
    await move(a.id, b.id, 0);
    expect(await treeOf('casa')).toBe('casa(c b(a))');
    await move(a.id, top.id, 1);
    expect(await treeOf('casa')).toBe('casa(c a b)');
    const { category } = await move(b.id, null);
    expect(category.parent).toBeNull();
    expect(await treeOf('casa')).toBe('casa(c a)');
    const places = await shop.sql<{ position: number }>(
      `SELECT position FROM category WHERE parent_id IS NULL ORDER BY position`,
    );
    expect(places.map(({ position }) => position)).toEqual(places.map((_, at) => at));
  });

  it('takes the goods along: they are found in what now lies above them, and no longer in what did', async () => {
    const [old, fresh] = [await newCategory('Vechi'), await newCategory('Nou')];
    const rack = await newCategory('Raft', old.id);
    await fill((await newCategory('Colț', rack.id)).id);
    expect([await goodsIn('vechi'), await goodsIn('nou')]).toEqual([['jar'], []]);

    await move(rack.id, fresh.id);

    expect([await goodsIn('vechi'), await goodsIn('nou'), await goodsIn('colt')]).toEqual([
      [],
      ['jar'],
      ['jar'],
    ]);
  });

  it('is no circle: not by staff, and not by a hand in the database', async () => {
    const above = await newCategory('Sus');
    const below = await newCategory('Jos', above.id);

    const refused = await move(above.id, below.id);

    expect(refused.errors).toEqual([{ code: 'CATEGORY_CYCLE', path: ['parentId'] }]);
    expect((await move(above.id, above.id)).errors).toMatchObject([{ code: 'CATEGORY_CYCLE' }]);
    const byHand = `UPDATE category SET parent_id = (SELECT id FROM category WHERE slug = 'jos') WHERE slug = 'sus'`;
    await expect(shop.sql(byHand)).rejects.toThrow(/cannot lie below itself/);
    expect(await treeOf('sus')).toBe('sus(jos)');
  });

  it('becomes no circle by two colleagues who each put one category below that of the other', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await newCategory(`Unu ${round}`), await newCategory(`Doi ${round}`)];

      const both = await Promise.all([move(one.id, two.id), move(two.id, one.id)]);

      const codes = both.flatMap(({ errors }) => errors.map(({ code }: Answer) => code));
      expect(codes).toEqual(['CATEGORY_CYCLE']);
    }
    const lost = await shop.sql(
      `WITH RECURSIVE way AS (SELECT id FROM category WHERE parent_id IS NULL UNION SELECT c.id FROM category c JOIN way w ON c.parent_id = w.id)
       SELECT slug FROM category WHERE id NOT IN (SELECT id FROM way)`,
    );
    expect(lost).toEqual([]);
  });

  it('has six levels, also where a whole branch is moved', async () => {
    let way = [await newCategory('N1')];
    for (let level = 2; level <= 6; level++) way = [...way, await newCategory(`N${level}`, way.at(-1)!.id)];
    const deeper = { parentId: way[5]!.id, translations: [{ locale: 'RO', name: 'N7' }] };
    expect((await write('Create', deeper)).errors).toEqual([
      { code: 'CATEGORY_TOO_DEEP', path: ['parentId'] },
    ]);

    const branch = await newCategory('Ramură');
    await newCategory('Frunză', branch.id);
    expect((await move(branch.id, way[4]!.id)).errors).toMatchObject([{ code: 'CATEGORY_TOO_DEEP' }]);
    expect((await move(branch.id, way[3]!.id)).errors).toEqual([]);
    expect(await treeOf('n5')).toBe('n5(n6)');
  });
});

describe('a category that is deleted', () => {
  const preview = async (categoryId: string): Promise<Answer> =>
    (
      await staff.ask(
        'query($id: ID!) { categoryDeletePreview(categoryId: $id) { children products onSale onlyHere } }',
        { id: categoryId },
      )
    ).categoryDeletePreview;

  it('says before what it touches; what lies below takes its place, and its goods keep their other categories', async () => {
    const [top, other] = [await newCategory('Ateliere'), await newCategory('Daruri')];
    const [first, gone] = [await newCategory('Prima', top.id), await newCategory('Dispare', top.id)];
    await newCategory('Ultima', top.id);
    await newCategory('Copil', gone.id);
    await fill(gone.id, other.id);
    expect(await preview(gone.id)).toEqual({ children: 1, products: 1, onSale: 1, onlyHere: 0 });

    const done = await write('Delete', { categoryId: gone.id, expectedVersion: 1 });

    expect(done).toEqual({ category: null, errors: [] });
    expect(await treeOf('ateliere')).toBe('ateliere(prima copil ultima)');
    expect([await goodsIn('ateliere'), await goodsIn('daruri')]).toEqual([[], ['jar']]);
    const { product } = await staff.ask('{ product(slug: "jar") { category { slug } } }');
    expect(product.category).toEqual({ slug: 'daruri' });
    // Its address leads to what lay above it.
    const { category } = await shop.guest().ask('{ category(slug: "dispare") { slug } }');
    expect(category).toEqual({ slug: 'ateliere' });
    expect(await preview(gone.id)).toBeNull();
    expect(first.slug).toBe('prima');
  });

  it('gives its goods and its address to another, as staff say, but not what lies below it to itself', async () => {
    const [gone, heir] = [await newCategory('Căni vechi'), await newCategory('Căni')];
    const child = await newCategory('Căni mici', gone.id);
    await fill(gone.id);
    const input = { categoryId: gone.id, expectedVersion: 1, productsTo: heir.id };
    const circle = await write('Delete', { ...input, childrenTo: child.id });
    expect(circle.errors).toEqual([{ code: 'CATEGORY_CYCLE', path: ['childrenTo'] }]);
    const itself = await write('Delete', { ...input, productsTo: gone.id });
    expect(itself.errors).toEqual([{ code: 'INVALID_INPUT', path: ['productsTo'] }]);
    expect((await write('Delete', { ...input, expectedVersion: 7 })).errors).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
    expect(await goodsIn('cani-vechi')).toEqual(['jar']);

    expect((await write('Delete', { ...input, childrenTo: heir.id })).errors).toEqual([]);

    expect(await treeOf('cani')).toBe('cani(cani-mici)');
    expect(await goodsIn('cani')).toEqual(['jar']);
    const { category } = await shop.guest().ask('{ category(slug: "cani-vechi") { slug } }');
    expect(category).toEqual({ slug: 'cani' });
  });

  it('holds no goods that somebody puts into it at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const gone = await newCategory(`Efemer ${round}`);

      const [filled, deleted] = await Promise.all([
        fill(gone.id),
        write('Delete', { categoryId: gone.id, expectedVersion: 1 }),
      ]);

      expect(deleted.errors).toEqual([]);
      expect([[], [{ code: 'NOT_FOUND', path: ['categoryIds', '0'] }]]).toContainEqual(filled);
    }
    const lost = await shop.sql(
      `SELECT slug FROM product p, unnest(own_category_ids || category_ids) AS of (id) WHERE of.id NOT IN (SELECT id FROM category)`,
    );
    expect(lost).toEqual([]);
  });

  it('leaves no metadata behind', async () => {
    const gone = await newCategory('Cu date');
    const text =
      'mutation($input: MetadataUpdateInput!) { metadataUpdate(input: $input) { errors { code } } }';
    await staff.ask(text, { input: { nodeId: gone.id, set: [{ key: 'erp.id', value: '7' }] } });
    await write('Delete', { categoryId: gone.id, expectedVersion: 1 });

    await shop.shop.jobs.find(({ job }) => job.queue === 'shop.clean-up-old-rows')!.run({});

    expect(await shop.sql(`SELECT entity_id FROM metadata WHERE entity_type = 'Category'`)).toEqual([]);
  });
});

it('tells of each change once; a change without effect is none', async () => {
  const { id: categoryId, slug } = await newCategory('Anunț');
  await write('Update', { categoryId, expectedVersion: 1, slug });
  await move(categoryId, null);
  await write('Update', { categoryId, expectedVersion: 1, slug: 'anunt-nou' });
  await move(categoryId, null, 0);
  await write('Delete', { categoryId, expectedVersion: 3 });

  const told = await shop.sql<{ change: string }>(
    `SELECT payload ->> 'change' AS change FROM outbox WHERE kind = 'category.changed' AND aggregate_id = $1
     ORDER BY (payload ->> 'version')::int`,
    [localId('cat', categoryId)],
  );
  expect(told.map(({ change }) => change)).toEqual(['CREATED', 'UPDATED', 'MOVED', 'DELETED']);
});

it('moves and deletes a category of many goods: a job brings them after it, and each is found where it belongs', async () => {
  const [old, fresh] = [await newCategory('Depozit'), await newCategory('Depozit nou')];
  const full = await newCategory('Plin', old.id);
  await fill(full.id);
  await shop.sql(`INSERT INTO product (id, slug, name, summary, description, status, tax_class, currency, main_category_id, own_category_ids, category_ids)
    SELECT gen_random_uuid(), 'copy-' || n, jsonb_build_object('ro', 'Copie ' || n), summary, description, 'ACTIVE', tax_class, currency,
      main_category_id, own_category_ids, category_ids FROM product, generate_series(1, 520) n WHERE slug = 'jar'`);
  const count = async (slug: string): Promise<Answer> => {
    const text = 'query($slug: String!) { category(slug: $slug) { productCount } }';
    return (await shop.guest().ask(text, { slug })).category.productCount;
  };
  expect(await count('depozit')).toBe(521);

  expect((await move(full.id, fresh.id)).errors).toEqual([]);
  await workIsDone(shop);
  expect([await count('depozit'), await count('depozit-nou')]).toEqual([0, 521]);

  const input = { categoryId: full.id, expectedVersion: 2, productsTo: old.id };
  expect((await write('Delete', input)).errors).toEqual([]);
  await workIsDone(shop);
  expect([await count('depozit'), await count('depozit-nou')]).toEqual([521, 0]);
  const lost = await shop.sql(
    `SELECT slug FROM product p, unnest(own_category_ids || category_ids) AS of (id) WHERE of.id NOT IN (SELECT id FROM category)`,
  );
  expect(lost).toEqual([]);
});
