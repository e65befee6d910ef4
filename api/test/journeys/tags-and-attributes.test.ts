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

const WHAT = 'attribute { id code version kind level unit values { id code name } } errors { code path }';
const writeAttribute = async (what: string, input: Answer, fields = WHAT): Promise<Answer> => {
  const type = `${what.charAt(0).toUpperCase()}${what.slice(1)}Input!`;
  const text = `mutation($input: ${type}) { done: ${what}(input: $input) { ${fields} } }`;
  return (await staff.ask(text, { input })).done;
};
/** A new attribute by its Romanian name. */
async function newAttribute(name: string, more: Answer = { kind: 'ENUM' }): Promise<Answer> {
  const made = await writeAttribute('attributeCreate', { translations: [{ locale: 'RO', name }], ...more });
  expect(made.errors).toEqual([]);
  return made.attribute;
}
/** A new value with the version that its attribute has then. */
async function newValue(attributeId: string, name: string): Promise<Answer> {
  const input = { attributeId, translations: [{ locale: 'RO', name }] };
  const fields = 'value { id code } attribute { version } errors { code path }';
  const made = await writeAttribute('attributeValueCreate', input, fields);
  expect(made.errors).toEqual([]);
  return { ...made.value, version: made.attribute.version };
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

describe('an attribute', () => {
  const facetsOf = async (filter: Answer = {}): Promise<Answer[]> => {
    const facets = 'facets { code kind unit range { min max } values { code formerCodes count selected } }';
    const { products } = await shop
      .guest()
      .ask(`query($filter: ProductFilter!) { products(filter: $filter) { ${facets} } }`, { filter });
    return products.facets;
  };
  const properties = async (slug: string): Promise<Answer> => {
    const text = `query($slug: String!) { product(slug: $slug) {
      attributes { code values { code } number day text } variants { attributes { code number values { code } } } } }`;
    return (await shop.guest().ask(text, { slug })).product;
  };

  it('of each kind says on the page of a product what that has of it, in the language of the buyer', async () => {
    const [material, height, safe, made, story] = [
      await newAttribute('Material'),
      await newAttribute('Înălțime', { kind: 'NUMBER', unit: 'cm' }),
      await newAttribute('Merge la cuptor', { kind: 'BOOLEAN', code: 'oven' }),
      await newAttribute('Făcut în', { kind: 'DATE', code: 'made' }),
      await newAttribute('Glazură', { kind: 'TEXT', code: 'glaze' }),
    ];
    const clay = await newValue(material.id, 'Lut');
    const attributes = [
      { attributeId: material.id, valueIds: [clay.id] },
      { attributeId: height.id, number: 12.5, unit: 'cm' },
      { attributeId: safe.id, flag: true },
      { attributeId: made.id, day: '2026-05-01' },
      {
        attributeId: story.id,
        translations: [
          { locale: 'RO', text: 'Cenușă de stejar' },
          { locale: 'EN', text: 'Oak ash' },
        ],
      },
    ];
    expect((await change('jar', { attributes })).errors).toEqual([]);

    const none = { number: null, day: null, text: null, values: [] };
    expect((await properties('jar')).attributes).toEqual([
      { ...none, code: 'material', values: [{ code: 'lut' }] },
      { ...none, code: 'inaltime', number: 12.5 },
      { ...none, code: 'oven', values: [{ code: 'yes' }] },
      { ...none, code: 'made', day: '2026-05-01' },
      { ...none, code: 'glaze', text: 'Oak ash' },
    ]);
    expect(await found('stejar')).toEqual(['jar']);
    // What is not named stays; nothing takes it away.
    await change('jar', { attributes: [{ attributeId: height.id }, { attributeId: made.id, day: null }] });
    expect((await properties('jar')).attributes.map(({ code }: Answer) => code)).toEqual([
      ...['material', 'oven', 'glaze'],
    ]);
  });

  it('comes last in order, and so does its value, also where others were deleted before', async () => {
    const names = ['Zebra', 'Yak', 'Xilofon'];
    const made: Answer[] = [];
    for (const name of names) made.push(await newAttribute(name));
    const [first, , last] = made as [Answer, Answer, Answer];
    await writeAttribute('attributeDelete', { attributeId: first.id, expectedVersion: 1 }, 'errors { code }');
    const added = await newAttribute('Alta');
    const { attributes } = await staff.ask('{ attributes { id } }');
    expect(attributes.slice(-2)).toEqual([{ id: last.id }, { id: added.id }]);

    const values: Answer[] = [];
    for (const name of names) values.push(await newValue(added.id, name));
    const input = { valueId: values[0]!.id, expectedVersion: values[2]!.version };
    await writeAttribute('attributeValueDelete', input, 'errors { code }');
    await newValue(added.id, 'Alb');
    const after = await staff.ask('{ attributes { id values { code } } }');
    expect(after.attributes.at(-1).values.map(({ code }: Answer) => code)).toEqual(['yak', 'xilofon', 'alb']);
  });

  it('takes a unit and a name as people see them: none where nothing is to be seen', async () => {
    const width = await newAttribute('Lățime', { kind: 'NUMBER', unit: ' cm\u200B ' });
    expect(width.unit).toBe('cm');
    expect((await newAttribute('Adâncime', { kind: 'NUMBER', unit: ' ' })).unit).toBeNull();
    const entry = { attributeId: width.id, number: 3, unit: 'cm ' };
    expect((await change('bowl', { attributes: [entry] })).errors).toEqual([]);
    const unseen = { translations: [{ locale: 'RO', name: '\u200B\u2060' }], kind: 'ENUM' };
    const path = ['translations', '0', 'name'];
    expect((await writeAttribute('attributeCreate', unseen)).errors).toEqual([
      { code: 'INVALID_INPUT', path },
    ]);
  });

  it('of yes and no is one of the two, by its values too', async () => {
    const { values } = await newAttribute('Pliabil', { kind: 'BOOLEAN' });
    const both = await change('mug', { attributeValueIds: values.map(({ id }: Answer) => id) });
    expect(both.errors).toEqual([{ code: 'INVALID_INPUT', path: ['attributeValueIds'] }]);
  });

  it('refuses what its kind is not: another field, another unit, another level', async () => {
    const weight = await newAttribute('Greutate', { kind: 'NUMBER', unit: 'kg' });
    const ofVariant = await newAttribute('Formă', { kind: 'ENUM', level: 'VARIANT' });
    const refused = async (entry: Answer): Promise<Answer> =>
      (await change('jar', { attributes: [entry] })).errors[0];
    const { id: attributeId } = weight;
    expect(await refused({ attributeId, flag: true })).toEqual({
      code: 'INVALID_INPUT',
      path: ['attributes', '0', 'flag'],
    });
    expect(await refused({ attributeId, number: 3, unit: 'g' })).toEqual({
      code: 'UNIT_MISMATCH',
      path: ['attributes', '0', 'unit'],
    });
    expect(await refused({ attributeId: ofVariant.id, valueIds: [] })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps its kind, its level and the unit of stored numbers once a product has it', async () => {
    const { id: attributeId, version } = await newAttribute('Volum', { kind: 'NUMBER', unit: 'ml' });
    const update = (changes: Answer): Promise<Answer> =>
      writeAttribute('attributeUpdate', { attributeId, expectedVersion: version, ...changes });
    await change('mug', { attributes: [{ attributeId, number: 300 }] });
    expect((await update({ kind: 'ENUM' })).errors).toEqual([{ code: 'KIND_LOCKED', path: ['kind'] }]);
    expect((await update({ level: 'VARIANT' })).errors).toEqual([{ code: 'KIND_LOCKED', path: ['level'] }]);
    expect((await update({ unit: 'l' })).errors).toEqual([{ code: 'UNIT_MISMATCH', path: ['unit'] }]);
    await change('mug', { attributes: [{ attributeId }] });
    expect(await update({ unit: null, kind: 'ENUM' })).toMatchObject({
      attribute: { kind: 'ENUM', unit: null },
      errors: [],
    });
  });

  it('of numbers narrows lists by a range, and says from where to where the goods go', async () => {
    const { id: attributeId } = await newAttribute('Diametru', { kind: 'NUMBER', unit: 'cm' });
    const sizes = { jar: 8, mug: 9.5, bowl: 22 };
    for (const [slug, number] of Object.entries(sizes))
      await change(slug, { attributes: [{ attributeId, number }] });
    const narrow = (min: number | null, max: number | null): Answer => ({
      attributes: [{ code: 'diametru', min, max }],
    });
    expect(await goodsWith(narrow(9, 22))).toEqual(['bowl', 'mug']);
    expect(await goodsWith(narrow(null, 9.5))).toEqual(['jar', 'mug']);
    expect(await goodsWith(narrow(30, null))).toEqual([]);
    // Whatever stands in an address is a list, if only an empty one.
    expect(await goodsWith(narrow(22, 9))).toEqual([]);
    expect(await goodsWith(narrow(-1e308, 1e308))).toEqual(['bowl', 'jar', 'mug']);
    expect(await goodsWith(narrow(5e-324, -0))).toEqual([]);
    const [from, to] = [narrow(9, null), narrow(null, 10)];
    expect(await goodsWith({ attributes: [...from.attributes, ...to.attributes] })).toEqual(['mug']);
    const facet = { code: 'diametru', kind: 'NUMBER', unit: 'cm', values: [] };
    // The range itself does not narrow its own ends, another filter does.
    for (const filter of [{}, narrow(9, null)])
      expect(await facetsOf(filter)).toContainEqual({ ...facet, range: { min: 8, max: 22 } });
    const dear = { ...narrow(9, null), priceMin: 1 };
    expect(await facetsOf(dear)).toContainEqual({ ...facet, range: { min: 8, max: 22 } });
  });

  it('of variants is theirs alone, and lists find the product by each of them', async () => {
    const shape = await newAttribute('Toartă', { kind: 'ENUM', level: 'VARIANT' });
    const [round, straight] = [await newValue(shape.id, 'Rotundă'), await newValue(shape.id, 'Dreaptă')];
    const { product } = await staff.ask('{ product(slug: "mug") { variants { id } } }');
    const input = {
      variantId: product.variants[0].id,
      attributes: [{ attributeId: shape.id, valueIds: [round.id] }],
    };
    const text =
      'mutation($input: ProductVariantUpdateInput!) { productVariantUpdate(input: $input) { errors { code path } } }';
    expect((await staff.ask(text, { input })).productVariantUpdate.errors).toEqual([]);

    expect((await properties('mug')).variants).toEqual([
      { attributes: [{ code: 'toarta', number: null, values: [{ code: 'rotunda' }] }] },
    ]);
    const by = (code: string): Answer => ({ attributes: [{ code: 'toarta', values: [code] }] });
    expect(await goodsWith(by(round.code))).toEqual(['mug']);
    expect(await goodsWith(by(straight.code))).toEqual([]);
    expect(await facetsOf()).toContainEqual(
      expect.objectContaining({
        code: 'toarta',
        values: [{ code: 'rotunda', formerCodes: [], count: 1, selected: false }],
      }),
    );
  });

  it('has values that are merged: goods and filters mean the one that stays', async () => {
    const { id: attributeId } = await newAttribute('Lemn');
    const [oak, stejar] = [await newValue(attributeId, 'Oak'), await newValue(attributeId, 'Stejar')];
    await change('bowl', { attributes: [{ attributeId, valueIds: [oak.id] }] });
    const { version } = await productOf('bowl');
    const input = { valueId: oak.id, expectedVersion: stejar.version, intoId: stejar.id };
    const fields = 'value { code } attribute { values { code } } errors { code path }';
    expect(await writeAttribute('attributeValueMerge', input, fields)).toEqual({
      value: { code: 'stejar' },
      attribute: { values: [{ code: 'stejar' }] },
      errors: [],
    });
    for (const code of ['oak', 'stejar'])
      expect(await goodsWith({ attributes: [{ code: 'lemn', values: [code] }] })).toEqual(['bowl']);
    // A new value that takes the code takes the address with it.
    const taken = { attributeId, code: 'oak', translations: [{ locale: 'RO', name: 'Oak nou' }] };
    await writeAttribute('attributeValueCreate', taken, 'errors { code }');
    expect(await goodsWith({ attributes: [{ code: 'lemn', values: ['oak'] }] })).toEqual([]);
    const late = await change('bowl', { expectedVersion: version, featured: true });
    expect(late.errors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  it('never leaves a value on a product after it is gone, however a product is saved meanwhile', async () => {
    const { id: attributeId } = await newAttribute('Serie');
    const into = await newValue(attributeId, 'Rămâne');
    for (let round = 0; round < 5; round++) {
      const from = await newValue(attributeId, `Pleacă ${round}`);
      const input = { valueId: from.id, expectedVersion: from.version, intoId: into.id };
      const [merged, saved] = await Promise.all([
        writeAttribute('attributeValueMerge', input, 'errors { code }'),
        change('bowl', { attributes: [{ attributeId, valueIds: [from.id] }] }),
      ]);
      expect(merged.errors).toEqual([]);
      // Whoever comes second names a value that is gone, and is told so.
      const gone = { code: 'NOT_FOUND', path: ['attributes', '0', 'valueIds', '0'] };
      expect([[], [gone]]).toContainEqual(saved.errors);
    }
    const lost = `SELECT slug FROM product, unnest(attribute_value_ids || facet_value_ids) AS of (id)
      WHERE of.id NOT IN (SELECT id FROM attribute_value)`;
    expect(await shop.sql(lost)).toEqual([]);
  });

  it('is put in order with its values, and deleted with all that products have of it', async () => {
    const { attributes } = await staff.ask('{ attributes { id code } }');
    const attributeIds = attributes.map(({ id }: Answer) => id);
    const turned = attributeIds.toReversed();
    const fields = 'attributes { id } errors { code path }';
    const ordered = await writeAttribute('attributesReorder', { attributeIds: turned }, fields);
    expect(ordered).toEqual({ attributes: turned.map((id: string) => ({ id })), errors: [] });
    const [told] = await shop.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM outbox o JOIN attribute a ON a.id = o.aggregate_id
       WHERE o.kind = 'attribute.changed' AND (payload ->> 'version')::int = a.version`,
    );
    // All but the middle one of an odd number have another place.
    const present = await shop.sql('SELECT id FROM attribute');
    expect(told!.count).toBeGreaterThanOrEqual(present.length - 1);
    const partly = await writeAttribute('attributesReorder', { attributeIds: turned.slice(1) }, fields);
    expect(partly.errors).toEqual([{ code: 'STALE_ORDER', path: ['attributeIds'] }]);

    const { id: attributeId, version } = await newAttribute('Trecător', { kind: 'NUMBER' });
    await change('jar', { attributes: [{ attributeId, number: 7 }] });
    const input = { attributeId, expectedVersion: version };
    expect(await writeAttribute('attributeDelete', input, 'deletedAttributeId errors { code }')).toEqual({
      deletedAttributeId: attributeId,
      errors: [],
    });
    expect(
      await shop.sql(`SELECT slug FROM product WHERE attribute_data ? $1`, [localId('atrb', attributeId)]),
    ).toEqual([]);
  });

  it('is shown and read by buyers, and by its upkeep only by staff', async () => {
    const { attributes } = await shop
      .guest()
      .ask('{ attributes { version translations { name } categories { id } values { productCount } } }');
    for (const { values, ...one } of attributes) {
      expect(one).toEqual({ version: null, translations: null, categories: null });
      for (const value of values) expect(value).toEqual({ productCount: null });
    }
  });
});
