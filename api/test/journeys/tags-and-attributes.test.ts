import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { localId } from '../../src/kernel/ids.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const TAG = 'tag { id slug version name productCount translations { locale name } } errors { code path }';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ worker: true });
  staff = await shop.staff();
  for (const name of ['Jar', 'Mug', 'Bowl']) {
    await shop.stock({ name, sku: name.toUpperCase(), price: 5000, stock: 5 });
  }
});
afterAll(() => shop.close());

const write = async (what: string, input: Answer): Promise<Answer> => {
  const type = `${what.charAt(0).toUpperCase()}${what.slice(1)}Input!`;
  return (await staff.ask(`mutation($input: ${type}) { done: ${what}(input: $input) { ${TAG} } }`, { input }))
    .done;
};

async function newTag(name: string): Promise<Answer> {
  const made = await write('tagCreate', { translations: [{ locale: 'RO', name }] });
  expect(made.errors).toEqual([]);
  return made.tag;
}

const productOf = async (slug: string): Promise<Answer> =>
  (await staff.ask('query($slug: String!) { product(slug: $slug) { id version } }', { slug })).product;

/** Changes a product, with the version that it has now unless one is given. */
async function change(slug: string, input: Answer): Promise<Answer> {
  const { id: productId, version } = await productOf(slug);
  const text =
    'mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { tags { slug } } errors { code path } } }';
  return (await staff.ask(text, { input: { productId, expectedVersion: version, ...input } })).productUpdate;
}

const goodsWith = async (filter: Answer): Promise<string[]> => {
  const text = 'query($filter: ProductFilter!) { products(filter: $filter) { nodes { slug } } }';
  const { products } = await shop.guest().ask(text, { filter });
  return products.nodes.map((product: Answer) => product.slug).sort();
};
const found = async (search: string): Promise<string[]> => {
  const { products } = await shop
    .guest()
    .ask('query($search: String!) { products(search: $search) { nodes { slug } } }', { search });
  return products.nodes.map((product: Answer) => product.slug).sort();
};

describe('a tag', () => {
  it('is made and renamed in each language; buyers of every process find goods by its new name at once', async () => {
    const other = await shop.beside();
    try {
      const made = await newTag('Vară');
      expect(made).toMatchObject({ slug: 'vara', version: 1, productCount: 0 });
      await change('jar', { tags: ['Vară'] });
      expect(await found('vara')).toEqual(['jar']);

      const translations = [
        { locale: 'RO', name: 'Estival' },
        { locale: 'EN', name: 'Summertime' },
      ];
      const { tag, errors } = await write('tagUpdate', { tagId: made.id, expectedVersion: 1, translations });
      expect(errors).toEqual([]);
      expect(tag).toMatchObject({ slug: 'vara', version: 2, productCount: 1, translations });
      expect(await found('summertime')).toEqual(['jar']);
      expect(await found('vara')).toEqual([]);
      const { tags } = await other.guest().ask('{ tags { slug name version } }');
      expect(tags).toEqual([{ slug: 'vara', name: 'Summertime', version: null }]);
    } finally {
      await other.close();
    }
  });

  it('leads from a former address to the present one, until another tag takes it', async () => {
    const { id: tagId } = await newTag('Iarnă');
    await change('mug', { tags: ['Iarnă'] });
    const moved = await write('tagUpdate', { tagId, expectedVersion: 1, slug: 'ger' });
    expect(moved).toMatchObject({ tag: { slug: 'ger' }, errors: [] });

    expect(await goodsWith({ tags: ['iarna'] })).toEqual(['mug']);
    const { products } = await shop
      .guest()
      .ask('{ products(filter: { tags: ["iarna"] }) { facets { values { code formerCodes selected } } } }');
    expect(products.facets[0].values).toContainEqual({ code: 'ger', formerCodes: ['iarna'], selected: true });
    await write('tagCreate', { translations: [{ locale: 'RO', name: 'Iarna nouă' }], slug: 'iarna' });
    expect(await goodsWith({ tags: ['iarna'] })).toEqual([]);
  });

  it('refuses what another has: a slug, and a change on an old version', async () => {
    const { id: tagId } = await newTag('Toamnă');
    const input = { tagId, expectedVersion: 1, slug: 'vara' };
    expect((await write('tagUpdate', input)).errors).toEqual([{ code: 'SLUG_TAKEN', path: ['slug'] }]);
    expect((await write('tagUpdate', { ...input, slug: 'Toamnă!' })).errors).toMatchObject([
      { path: ['slug'] },
    ]);
    const late = await write('tagUpdate', { ...input, expectedVersion: 7, slug: 'toamna-2' });
    expect(late).toMatchObject({ tag: { slug: 'toamna' }, errors: [{ code: 'STALE_VERSION' }] });
  });

  it('is merged into another: its goods have that one, and its address and its name mean it', async () => {
    const [from, into] = [await newTag('Cadou'), await newTag('Cadouri')];
    await change('jar', { tags: ['Cadou'] });
    await change('bowl', { tags: ['Cadouri', 'Cadou'] });
    const { version } = await productOf('jar');

    const merged = await write('tagMerge', { tagId: from.id, expectedVersion: 1, intoId: into.id });

    expect(merged).toMatchObject({ tag: { slug: 'cadouri', productCount: 2 }, errors: [] });
    expect(await goodsWith({ tags: ['cadou'] })).toEqual(['bowl', 'jar']);
    // Whoever has the jar open would write the tag that is gone.
    expect(await change('jar', { expectedVersion: version, tags: ['Cadou'] })).toMatchObject({
      errors: [{ code: 'STALE_VERSION' }],
    });
    expect(await change('mug', { tags: ['Cadou'] })).toMatchObject({
      product: { tags: [{ slug: 'cadouri' }] },
      errors: [],
    });
    const itself = await write('tagMerge', { tagId: into.id, expectedVersion: 2, intoId: into.id });
    expect(itself.errors).toMatchObject([{ path: ['intoId'] }]);
  });

  it('is deleted: its goods stay on sale without it, and are found by its name no more', async () => {
    const { id: tagId } = await newTag('Reciclat');
    await change('jar', { tags: ['Reciclat'] });
    const text =
      'mutation($input: TagDeleteInput!) { tagDelete(input: $input) { deletedTagId tag { id } errors { code } } }';
    const { tagDelete } = await staff.ask(text, { input: { tagId, expectedVersion: 1 } });

    expect(tagDelete).toEqual({ deletedTagId: tagId, tag: null, errors: [] });
    expect(await found('reciclat')).toEqual([]);
    expect(await found('jar')).toEqual(['jar']);
  });

  it('never stays on a product after it is gone, however a product is saved while it is merged', async () => {
    for (let round = 0; round < 6; round++) {
      const [from, into] = [await newTag(`Vechi ${round}`), await newTag(`Nou ${round}`)];
      const [merged, saved] = await Promise.all([
        write('tagMerge', { tagId: from.id, expectedVersion: 1, intoId: into.id }),
        change('bowl', { tags: [`Vechi ${round}`] }),
      ]);

      expect(merged.errors).toEqual([]);
      expect(saved.errors).toEqual([]);
      expect(await goodsWith({ tags: [`nou-${round}`] })).toEqual(['bowl']);
    }
    const lost =
      'SELECT slug FROM product, unnest(tag_ids) AS of (id) WHERE of.id NOT IN (SELECT id FROM tag)';
    expect(await shop.sql(lost)).toEqual([]);
  });

  it('tells of each change once; a change without effect is none', async () => {
    const [{ id: tagId, slug }, into] = [await newTag('Anunț'), await newTag('Anunțuri')];
    await write('tagUpdate', { tagId, expectedVersion: 1, slug });
    await write('tagUpdate', { tagId, expectedVersion: 1, slug: 'anunt-nou' });
    await write('tagMerge', { tagId, expectedVersion: 2, intoId: into.id });
    const told = await shop.sql<{ change: string }>(
      `SELECT payload ->> 'change' AS change FROM outbox WHERE kind = 'tag.changed' AND aggregate_id = $1
       ORDER BY (payload ->> 'version')::int`,
      [localId('tag', tagId)],
    );
    expect(told.map(({ change: what }) => what)).toEqual(['CREATED', 'UPDATED', 'MERGED']);
  });

  it('is deleted from many goods: a job takes its words from them afterwards', async () => {
    const { id: tagId } = await newTag('Multe');
    await shop.sql(
      `INSERT INTO product (id, slug, name, summary, description, status, tax_class, currency, tag_ids)
       SELECT gen_random_uuid(), 'copy-' || n, jsonb_build_object('ro', 'Copie ' || n), summary, description, 'ACTIVE', tax_class, currency, ARRAY[$1::uuid]
       FROM product, generate_series(1, 501) AS n WHERE slug = 'jar'`,
      [localId('tag', tagId)],
    );
    const renamed = [{ locale: 'RO', name: 'Numeroase' }];
    await write('tagUpdate', { tagId, expectedVersion: 1, translations: renamed });
    await workIsDone(shop);
    const words = `SELECT count(*)::int AS count FROM product WHERE slug LIKE 'copy-%' AND search @@ to_tsquery('simple', 'numeroase')`;
    expect(await shop.sql(words)).toEqual([{ count: 501 }]);

    const text = 'mutation($input: TagDeleteInput!) { tagDelete(input: $input) { errors { code } } }';
    await staff.ask(text, { input: { tagId, expectedVersion: 2 } });
    await workIsDone(shop);
    expect(await shop.sql(words)).toEqual([{ count: 0 }]);
  });
});
