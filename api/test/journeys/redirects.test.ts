import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const REDIRECT =
  'redirect { id version fromPath toPath kind active hits target { id } } errors { code path }';
const CREATE = `mutation($input: RedirectCreateInput!) { done: redirectCreate(input: $input) { ${REDIRECT} } }`;
const UPDATE = `mutation($input: RedirectUpdateInput!) { done: redirectUpdate(input: $input) { ${REDIRECT} } }`;
const RESOLVE = `query($path: String!) { urlResolve(path: $path) {
  found code redirectTo canonical entity { id } alternates { language path } } }`;

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  for (const name of ['Cup', 'Jug', 'Plate'])
    await shop.stock({ name, sku: name.toUpperCase(), price: 5000, stock: 5 });
});
afterAll(() => shop.close());

const create = async (fromPath: string, input: Answer = {}): Promise<Answer> =>
  (await staff.ask(CREATE, { input: { fromPath, ...input } })).done;
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
const at = async (path: string, of: TestShop = shop): Promise<Answer> =>
  (await of.guest().ask(RESOLVE, { path })).urlResolve;

/** What a visitor's browser is told at a path: `301 /p/cup`. */
async function answerAt(path: string, of: TestShop = shop): Promise<string | null> {
  const found = await at(path, of);
  return found && `${found.code} ${found.redirectTo ?? ''}`.trim();
}
async function changeProduct(slug: string, changes: Answer): Promise<Answer> {
  const { staffProducts } = await staff.ask(
    'query($slug: String!) { staffProducts(search: $slug, first: 1) { nodes { id version } } }',
    { slug },
  );
  const [{ id: productId, version: expectedVersion }] = staffProducts.nodes;
  const text = `mutation($input: ProductUpdateInput!) { done: productUpdate(input: $input) { errors { code } warnings { code } } }`;
  return (await staff.ask(text, { input: { productId, expectedVersion, ...changes } })).done;
}

describe('the address of a product', () => {
  it('is found with its page in every language that the shop offers', async () => {
    const found = await at('/en/p/cup');

    expect(found).toMatchObject({ found: 'ENTITY', code: 200, redirectTo: null, canonical: '/en/p/cup' });
    expect(found.entity.id).toMatch(/^prod_/);
    expect(found.alternates).toContainEqual({ language: 'FR', path: '/fr/p/cup' });
  });

  it.each(['/P/Cup', '/p/cup/', '/p//cup', '//p/cup', '/p/cup/?from=mail'])(
    'has one spelling: %j leads to it',
    async (path) => {
      expect(await answerAt(path)).toBe('301 /p/cup');
    },
  );

  it('leads on from each one that it had, in one step, in the visitor’s language', async () => {
    await changeProduct('cup', { slug: 'tea-cup' });
    await changeProduct('tea-cup', { slug: 'cup-for-tea' });

    expect(await answerAt('/p/cup')).toBe('301 /p/cup-for-tea');
    expect(await answerAt('/fr/p/tea-cup')).toBe('301 /fr/p/cup-for-tea');
  });

  it('stays when the product is renamed', async () => {
    const translations = [{ locale: 'RO', name: 'Ulcior' }];
    expect(codes(await changeProduct('jug', { translations }))).toEqual([]);

    expect(await answerAt('/p/jug')).toBe('200');
  });

  it('is gone when the product is archived, unless a redirect leads on', async () => {
    await shop.stock({ name: 'Old Vase', sku: 'OLD-VASE', price: 5000, stock: 1 });
    await changeProduct('old-vase', { status: 'ARCHIVED' });
    expect(await answerAt('/p/old-vase')).toBe('410');

    expect(codes(await create('/p/old-vase', { toPath: '/p/jug' }))).toEqual([]);
    expect(await answerAt('/en/p/old-vase')).toBe('301 /en/p/jug');
  });

  it('of a draft tells nobody that there is one', async () => {
    await shop.stock({ name: 'Secret', sku: 'SECRET', price: 5000, stock: 1 });
    await changeProduct('secret', { status: 'DRAFT' });

    expect(await at('/p/secret')).toBeNull();
  });
});

describe('a redirect', () => {
  it('leads to a product whatever its slug becomes, and every process follows it at once', async () => {
    const other = await shop.beside();
    try {
      expect(await at('/plates', other)).toBeNull();
      const { redirect } = await create('/Plates/', { toPath: '/p/plate' });
      expect(redirect).toMatchObject({ fromPath: '/plates', toPath: '/p/plate', kind: 'PERMANENT' });
      expect(redirect.target.id).toMatch(/^prod_/);
      expect(await answerAt('/plates', other)).toBe('301 /p/plate');

      await changeProduct('plate', { slug: 'dinner-plate' });

      expect(await answerAt('/en/plates', other)).toBe('301 /en/p/dinner-plate');
    } finally {
      await other.close();
    }
  });

  it('says for how long, and that something is gone for good', async () => {
    await create('/sale', { toPath: '/search', kind: 'TEMPORARY' });
    await create('/lookbook-2019', { kind: 'GONE' });

    expect(await answerAt('/sale')).toBe('302 /search');
    expect(await answerAt('/lookbook-2019')).toBe('410');
  });

  it('for everything below a path yields to one of exactly this path, and to the longer one', async () => {
    await create('/blog', { toPath: '/about', isPrefix: true });
    await create('/blog/shop', { toPath: '/c/*', isPrefix: true });
    await create('/blog/shop/jug', { toPath: '/p/jug' });

    expect(await answerAt('/blog/2019/kiln')).toBe('301 /about');
    expect(await answerAt('/blog/shop/bowls')).toBe('301 /c/bowls');
    expect(await answerAt('/blog/shop/jug')).toBe('301 /p/jug');
  });

  it.each(['/', '/en', '/cart', '/en/account/orders', '/graphql', '/p/jug', '/fr/p/jug'])(
    'cannot take the place of a page: %j',
    async (path) => {
      expect(await create(path, { toPath: '/about' })).toMatchObject({
        errors: [{ code: 'PATH_RESERVED', path: ['fromPath'] }],
      });
    },
  );

  it('is one for each path, leads somewhere or nowhere, and never in a circle', async () => {
    await create('/one', { toPath: '/two' });

    expect(codes(await create('/ONE', { toPath: '/about' }))).toEqual(['PATH_TAKEN']);
    expect(codes(await create('/two', { toPath: '/one' }))).toEqual(['REDIRECT_LOOP']);
    expect(codes(await create('/three', { toPath: '/three' }))).toEqual(['REDIRECT_LOOP']);
    expect(codes(await create('/four', {}))).toEqual(['INVALID_INPUT']);
    expect(codes(await create('/four', { toPath: '/a', kind: 'GONE' }))).toEqual(['INVALID_INPUT']);
    expect(codes(await create('four', { toPath: '/a' }))).toEqual(['INVALID_INPUT']);
    expect(codes(await create('/four', { toPath: 'https://evil.example' }))).toEqual(['INVALID_INPUT']);
    expect(codes(await create('/four', { targetId: 'prod_00000000000000000000000000' }))).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('of two at once that would make a circle is only one made', async () => {
    const made = await Promise.all([
      create('/left', { toPath: '/right' }),
      create('/right', { toPath: '/left' }),
    ]);

    expect(made.flatMap(codes)).toEqual(['REDIRECT_LOOP']);
  });

  it('is changed, put aside and deleted; who was second is told', async () => {
    const { redirect } = await create('/desk', { toPath: '/about' });
    const change = async (expectedVersion: number, changes: Answer): Promise<Answer> =>
      (await staff.ask(UPDATE, { input: { redirectId: redirect.id, expectedVersion, ...changes } })).done;

    const changed = await change(1, { toPath: '/p/jug', kind: 'TEMPORARY' });
    expect(changed.redirect).toMatchObject({ version: 2, toPath: '/p/jug', kind: 'TEMPORARY' });
    expect(await answerAt('/desk')).toBe('302 /p/jug');
    expect(codes(await change(1, { active: false }))).toEqual(['STALE_VERSION']);
    expect((await change(2, { active: false })).redirect).toMatchObject({ active: false, toPath: '/p/jug' });
    expect(await at('/desk')).toBeNull();

    const text = `mutation($input: RedirectDeleteInput!) { done: redirectDelete(input: $input) { deletedRedirectId errors { code } } }`;
    const deleted = await staff.ask(text, { input: { redirectId: redirect.id, expectedVersion: 3 } });
    expect(deleted.done).toEqual({ deletedRedirectId: redirect.id, errors: [] });
  });

  it('leads to an address that a browser understands, whatever letters and signs are in it', async () => {
    await create('/pagina-veche', { toPath: '/pagină-nouă' });
    await create('/blog-vechi', { toPath: '/jurnal/*', isPrefix: true });
    const { redirect } = await create('/100%25-lână', { toPath: '/p/jug' });

    expect(await answerAt('/pagina-veche')).toBe('301 /pagin%C4%83-nou%C4%83');
    expect(await answerAt('/blog-vechi/50%25-reducere')).toBe('301 /jurnal/50%25-reducere');
    expect(await answerAt('/blog-vechi/ce%3F')).toBe('301 /jurnal/ce%3f');
    expect(await answerAt('/100%25-l%C3%A2n%C4%83')).toBe('301 /p/jug');
    expect(redirect.fromPath).toBe('/100%25-lână');
  });

  it.each([
    ['//evil.example', '301 /evil.example'],
    ['/\\evil.example', ['INVALID_INPUT']],
    ['/a%0d%0aSet-Cookie:x=1', ['INVALID_INPUT']],
    ['/%09/evil.example', ['INVALID_INPUT']],
    ['javascript:alert(1)', ['INVALID_INPUT']],
    [`/${'x'.repeat(299)}/*`, ['INVALID_INPUT']],
    [`/${'x'.repeat(300)}`, ['INVALID_INPUT']],
    ['/../admin', ['INVALID_INPUT']],
  ])('never leads out of the shop, nor writes a header: to %j', async (toPath, expected) => {
    const fromPath = `/out-${randomUUID()}`;
    const { redirect, errors } = await create(fromPath, { toPath, isPrefix: true });

    expect(redirect ? await answerAt(fromPath) : codes({ errors })).toEqual(expected);
  });

  it('that kept others from leading in a circle is not deleted before them', async () => {
    await create('/tea', { toPath: '/pots/x/*', isPrefix: true });
    const { redirect } = await create('/pots/x', { toPath: '/about', isPrefix: true });
    await create('/pots', { toPath: '/cups/*', isPrefix: true });
    expect(codes(await create('/cups/x', { toPath: '/tea/*', isPrefix: true }))).toEqual([]);

    const text = `mutation($input: RedirectDeleteInput!) { done: redirectDelete(input: $input) { errors { code path } } }`;
    const { done } = await staff.ask(text, { input: { redirectId: redirect.id, expectedVersion: 1 } });

    expect(done.errors).toEqual([{ code: 'REDIRECT_LOOP', path: ['redirectId'] }]);
    expect(await answerAt('/tea/pot')).toBe('301 /about');
  });

  it('of twenty at once is one made for each path, and no more than 5,000 in all', async () => {
    const same = await Promise.all(
      Array.from({ length: 20 }, () => create('/rush', { toPath: '/about', idempotencyKey: randomUUID() })),
    );
    expect(same.flatMap(codes)).toEqual(Array(19).fill('PATH_TAKEN'));

    const [row] = await shop.sql<{ n: number }>('SELECT count(*)::int AS n FROM redirect');
    await shop.sql(
      `INSERT INTO redirect (id, from_path, to_path) SELECT gen_random_uuid(), '/many-' || n, '/about' FROM generate_series(1, 4995 - $1::int) AS n`,
      [row!.n],
    );
    const last = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create(`/last-${n}`, { toPath: '/about' })),
    );
    expect(last.flatMap(codes)).toEqual(Array(15).fill('TOO_MANY_REDIRECTS'));
    await shop.sql(`DELETE FROM redirect WHERE from_path LIKE '/many-%' OR from_path LIKE '/last-%'`);
  });

  it('is made once, however often the button is pressed', async () => {
    const input = { toPath: '/about', idempotencyKey: randomUUID() };
    const [first, second] = await Promise.all([create('/twice', input), create('/twice', input)]);

    expect(first.redirect.id).toBe(second.redirect.id);
  });
});

describe('a slug', () => {
  const check = async (slug: string, id: string | null = null): Promise<Answer> =>
    (
      await staff.ask(
        `query($slug: String!, $id: ID) { slugCheck(owner: PRODUCT, slug: $slug, id: $id) {
          slug isTaken free wasOfAnother hadRedirect } }`,
        { slug, id },
      )
    ).slugCheck;

  it('is free, taken, or was of another, before it is saved', async () => {
    const free = { isTaken: false, wasOfAnother: false, hadRedirect: false };
    expect(await check('Brand New Bowl!')).toEqual({
      ...free,
      slug: 'brand-new-bowl',
      free: 'brand-new-bowl',
    });
    expect(await check('jug')).toEqual({ ...free, slug: 'jug', isTaken: true, free: 'jug-2' });
    const { id } = (await at('/p/jug')).entity;
    expect(await check('jug', id)).toEqual({ ...free, slug: 'jug', free: 'jug' });
    expect((await check('cup')).wasOfAnother).toBe(true);
  });

  it('whose path had a redirect takes its place, and staff are warned', async () => {
    await create('/p/carafe', { toPath: '/p/jug' });
    expect((await check('carafe')).hadRedirect).toBe(true);
    expect(await answerAt('/p/carafe')).toBe('301 /p/jug');
    await shop.stock({ name: 'Bottle', sku: 'BOTTLE', price: 5000, stock: 1 });

    const { errors, warnings } = await changeProduct('bottle', { slug: 'carafe' });

    expect([errors, warnings]).toEqual([[], [{ code: 'SLUG_HAD_REDIRECT' }]]);
    expect(await answerAt('/p/carafe')).toBe('200');
  });
});

describe('hints for search engines', () => {
  it('are kept beside the texts, and taken back', async () => {
    const read = async (): Promise<Answer> =>
      (await shop.guest().ask('{ product(slug: "jug") { seo { title canonicalUrl noindex } } }')).product.seo;
    const canonicalUrl = 'https://maker.example/jug';
    expect(codes(await changeProduct('jug', { seo: { canonicalUrl, noindex: true } }))).toEqual([]);
    const translations = [{ locale: 'EN', name: 'Jug', seoTitle: 'A jug for water' }];
    await changeProduct('jug', { translations });
    expect(await read()).toEqual({ title: 'A jug for water', canonicalUrl, noindex: true });

    expect(codes(await changeProduct('jug', { seo: { canonicalUrl: 'jug' } }))).toEqual(['INVALID_INPUT']);
    await changeProduct('jug', { seo: { canonicalUrl: null, noindex: false } });
    expect(await read()).toEqual({ title: 'A jug for water', canonicalUrl: null, noindex: false });
  });
});

describe('staff see', () => {
  it('how often each redirect was followed', async () => {
    await create('/counted', { toPath: '/about' });
    for (let n = 0; n < 3; n++) await at('/counted');

    const { redirects } = await staff.ask(
      '{ redirects(search: "counted") { nodes { fromPath hits lastHitAt } totalCount } }',
    );
    expect(redirects).toMatchObject({ totalCount: 1, nodes: [{ fromPath: '/counted', hits: 3 }] });
    expect(redirects.nodes[0].lastHitAt).not.toBeNull();
  });

  it('where visitors found nothing, and never what may be a secret; a redirect takes it off', async () => {
    const missing = async (): Promise<string[]> =>
      (await staff.ask('{ missingPaths { path hits } }')).missingPaths.map(
        ({ path, hits }: Answer) => `${path} ${hits}`,
      );
    for (const path of ['/Lost', '/lost/', '/en/lost', '/reset/4f9a8b7c6d5e4f3a2b1c', '/ana@example.com'])
      await at(path);

    const found = await missing();
    expect(found).toEqual(expect.arrayContaining(['/lost 2', '/en/lost 1']));
    expect(found.join()).not.toMatch(/4f9a|ana@/);

    await create('/lost', { toPath: '/about' });
    expect(await missing()).not.toContain('/lost 2');
  });

  it('a thousand paths at most: invented ones displace none that visitors really miss', async () => {
    for (let n = 0; n < 2; n++) await at('/really-missed');
    await staff.ask('{ missingPaths { path } }');
    await shop.sql(
      `INSERT INTO missing_path (path, hits) SELECT '/invented-' || n, 1 FROM generate_series(1, 1500) AS n`,
    );
    await at('/one-more');

    const { missingPaths } = await staff.ask('{ missingPaths { path } }');
    expect(missingPaths.map(({ path }: Answer) => path)).toContain('/really-missed');
    expect((await shop.sql<{ n: number }>('SELECT count(*)::int AS n FROM missing_path'))[0]!.n).toBe(1_000);
  });
});
