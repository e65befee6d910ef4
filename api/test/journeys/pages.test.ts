import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PAGE = `page { id version isPublished hasDraft publishAt archivedAt draft { translations { locale name slug }
  blocks { key type isHidden translations { locale title text html } } } } errors { code path }`;
const mutation = (name: string, type: string): string =>
  `mutation($input: ${type}!) { done: ${name}(input: $input) { ${PAGE} } }`;
const READ = `query($key: String, $slug: String) { page(key: $key, slug: $slug) { id name slug paths { language path }
  blocks { key __typename ... on TextBlock { title html } ... on HeroBlock { title text } } } }`;

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
});
afterAll(() => shop.close());

const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
const send = async (name: string, type: string, input: Answer): Promise<Answer> =>
  (await staff.ask(mutation(name, type), { input })).done;
const update = (input: Answer): Promise<Answer> => send('pageUpdate', 'PageUpdateInput', input);
const publish = (input: Answer): Promise<Answer> => send('pagePublish', 'PagePublishInput', input);

/** Time passes, after which staff sign in again. */
async function pass(milliseconds: number): Promise<void> {
  shop.clock.advance(milliseconds);
  staff = await shop.staff();
}

let made = 0;
/** A page that nobody has seen yet. */
async function page(): Promise<{ pageId: string; expectedVersion: number; slug: string }> {
  const slug = `page-${(made += 1)}`;
  const translations = [{ locale: 'RO', name: `Pagina ${made}`, slug }];
  const { page: created, errors } = await send('pageCreate', 'PageCreateInput', { translations });
  expect(errors).toEqual([]);
  return { pageId: created.id, expectedVersion: created.version, slug };
}
const text = (html: string, more: Answer = {}): Answer => ({
  ...{ key: 'the-text', type: 'TEXT', translations: [{ locale: 'RO', html }] },
  ...more,
});
async function published(html: string): Promise<{ pageId: string; expectedVersion: number; slug: string }> {
  const { pageId, expectedVersion, slug } = await page();
  const { page: written } = await update({ pageId, expectedVersion, blocks: [text(html)] });
  const { page: shown } = await publish({ pageId, expectedVersion: written.version });
  return { pageId, expectedVersion: shown.version, slug };
}
const reads = async (slug: string, language = 'ro'): Promise<Answer> =>
  (await shop.guest({ 'accept-language': language }).ask(READ, { slug })).page;

describe('a page', () => {
  it('is seen by nobody until it is published, and then by everybody at its address', async () => {
    const { pageId, expectedVersion, slug } = await page();
    const draft = await update({ pageId, expectedVersion, blocks: [text('<p>Bună!</p>')] });
    expect(await reads(slug)).toBeNull();

    const done = await publish({ pageId, expectedVersion: draft.page.version });

    expect(codes(done)).toEqual([]);
    expect(done.page).toMatchObject({ isPublished: true, hasDraft: false });
    expect(await reads(slug)).toMatchObject({ name: 'Pagina 1', blocks: [{ html: '<p>Bună!</p>' }] });
  });

  it('shows buyers what was published while its next text is written', async () => {
    const { slug, ...seen } = await published('<p>Vechi</p>');

    const { page: written } = await update({ ...seen, blocks: [text('<p>Nou</p>')] });

    expect(written.hasDraft).toBe(true);
    expect((await reads(slug)).blocks).toEqual([expect.objectContaining({ html: '<p>Vechi</p>' })]);
  });

  it('has no draft any more once the text of before is back', async () => {
    const { pageId, expectedVersion } = await published('<p>Vechi</p>');
    const { page: written } = await update({ pageId, expectedVersion, blocks: [text('<p>Nou</p>')] });
    const back = await update({
      ...{ pageId, expectedVersion: written.version },
      blocks: [text('<p>Vechi</p>')],
    });

    expect(back.page.hasDraft).toBe(false);
    expect(codes(await publish({ pageId, expectedVersion: back.page.version }))).toEqual([
      'NOTHING_TO_PUBLISH',
    ]);
  });

  it('that two colleagues save at once keeps the first text and tells the second', async () => {
    const { slug: _slug, ...seen } = await published('<p>Vechi</p>');
    const both = await Promise.all(
      ['<p>Ana</p>', '<p>Ion</p>'].map((html) => update({ ...seen, blocks: [text(html)] })),
    );

    const winner = both.find(({ errors }) => errors.length === 0);
    expect(both.flatMap(codes)).toEqual(['STALE_VERSION']);
    const [{ html }] = winner?.page.draft.blocks[0].translations ?? [{}];
    const loser = both.find(({ errors }) => errors.length > 0);
    expect(loser?.page.draft.blocks[0].translations[0].html).toBe(html);
  });

  it('is never published with a text that its publisher has not seen', async () => {
    const { pageId, expectedVersion, slug } = await page();
    const { page: first } = await update({ pageId, expectedVersion, blocks: [text('<p>Unu</p>')] });
    const seen = { pageId, expectedVersion: first.version };
    const [shown, saved] = await Promise.all([
      publish(seen),
      update({ ...seen, blocks: [text('<p>Doi</p>')] }),
    ]);

    expect([...codes(shown), ...codes(saved)]).toEqual(['STALE_VERSION']);
    const answer = await reads(slug);
    if (codes(shown).length === 0) expect(answer.blocks[0].html).toBe('<p>Unu</p>');
    else expect(answer).toBeNull();
  });

  it('is back as it was before, once an old version is published again', async () => {
    const { pageId, slug, ...first } = await published('<p>Unu</p>');
    const { page: second } = await update({ pageId, ...first, blocks: [text('<p>Doi</p>')] });
    const { page: shown } = await publish({ pageId, expectedVersion: second.version });
    const { staffPage } = await staff.ask(
      'query($id: ID!) { staffPage(id: $id) { versions { id number content { blocks { key } } } } }',
      { id: pageId },
    );
    expect(staffPage.versions.map(({ number }: Answer) => number)).toEqual([2, 1]);

    const { page: reverted } = await send('pageRevert', 'PageRevertInput', {
      ...{ pageId, expectedVersion: shown.version, versionId: staffPage.versions[1].id },
    });
    await publish({ pageId, expectedVersion: reverted.version });

    expect((await reads(slug)).blocks[0].html).toBe('<p>Unu</p>');
    await expect(
      shop.shop.database.pool.query(`UPDATE page_version SET note = 'x' WHERE number = 1`),
    ).rejects.toThrow('stays as it was');
  });

  it('is gone when it is archived, and comes back; those that the shop needs stay', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Ceva</p>');
    const archive = { pageId, expectedVersion, isArchived: true };
    const { page: archived } = await send('pageArchive', 'PageArchiveInput', archive);
    const { urlResolve } = await shop
      .guest()
      .ask('query($path: String!) { urlResolve(path: $path) { found } }', { path: `/${slug}` });
    expect([await reads(slug), urlResolve.found]).toEqual([null, 'GONE']);
    await send('pageArchive', 'PageArchiveInput', {
      ...{ pageId, expectedVersion: archived.version, isArchived: false },
    });
    expect(await reads(slug)).not.toBeNull();

    const { page: terms } = await staff.ask('{ page(key: "terms") { id } }');
    const { staffPage } = await staff.ask(
      'query($id: ID!) { staffPage(id: $id) { id version isStartText } }',
      {
        id: terms.id,
      },
    );
    const seen = { pageId: terms.id, expectedVersion: staffPage.version };
    expect(staffPage.isStartText).toBe(true);
    expect(codes(await send('pageArchive', 'PageArchiveInput', { ...seen, isArchived: true }))).toEqual([
      'PAGE_REQUIRED',
    ]);
    const { page: emptied } = await update({ ...seen, blocks: [] });
    expect(codes(await publish({ pageId: terms.id, expectedVersion: emptied.version }))).toEqual([
      'PAGE_REQUIRED',
    ]);
  });
});

describe('a page that is published later', () => {
  it('is seen from its moment on although no job has run, and the job changes nothing of it', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Azi</p>');
    const { page: written } = await update({ pageId, expectedVersion, blocks: [text('<p>Mâine</p>')] });
    const at = new Date(shop.clock.now().getTime() + 3_600_000).toISOString();
    const { page: planned } = await publish({ pageId, expectedVersion: written.version, at });
    expect(planned).toMatchObject({ publishAt: at, hasDraft: false });
    expect((await reads(slug)).blocks[0].html).toBe('<p>Azi</p>');

    await pass(3_600_001);

    expect((await reads(slug)).blocks[0].html).toBe('<p>Mâine</p>');
    const { page: next } = await update({
      ...{ pageId, expectedVersion: planned.version },
      blocks: [text('<p>Poimâine</p>')],
    });
    expect(next.publishAt).toBeNull();
    expect((await reads(slug)).blocks[0].html).toBe('<p>Mâine</p>');
  });

  it('is a draft again when the plan is given up', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Azi</p>');
    const { page: written } = await update({ pageId, expectedVersion, blocks: [text('<p>Mâine</p>')] });
    const at = new Date(shop.clock.now().getTime() + 3_600_000).toISOString();
    const { page: planned } = await publish({ pageId, expectedVersion: written.version, at });
    const back = { pageId, expectedVersion: planned.version };
    const { page: draft } = await send('pageUnschedule', 'PageActionInput', back);

    expect(draft).toMatchObject({ publishAt: null, hasDraft: true });
    await pass(7_200_000);
    expect((await reads(slug)).blocks[0].html).toBe('<p>Azi</p>');
  });

  it('shows a block from its beginning to its end, and to readers of its languages', async () => {
    const { pageId, expectedVersion, slug } = await page();
    const now = shop.clock.now().getTime();
    const moment = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    const { page: written } = await update({
      ...{ pageId, expectedVersion },
      blocks: [
        text('<p>Mereu</p>'),
        text('<p>Târgul</p>', { key: 'the-fair', from: moment(1), until: moment(2) }),
        text('<p>Doar aici</p>', { key: 'only-here', languages: ['RO'] }),
        text('<p>Ascuns</p>', { key: 'is-hidden', isHidden: true }),
      ],
    });
    await publish({ pageId, expectedVersion: written.version });
    const keys = async (language?: string): Promise<string[]> =>
      (await reads(slug, language)).blocks.map(({ key }: Answer) => key);

    expect(await keys()).toEqual(['the-text', 'only-here']);
    expect(await keys('fr')).toEqual(['the-text']);
    await pass(3_600_000);
    expect(await keys()).toEqual(['the-text', 'the-fair', 'only-here']);
    await pass(3_600_000);
    expect(await keys()).toEqual(['the-text', 'only-here']);
  });
});

describe('the address of a page', () => {
  it('has a slug in each language, and each of them and those of before lead there', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Despre</p>');
    await update({
      ...{ pageId, expectedVersion },
      translations: [
        { locale: 'EN', slug: 'about-this' },
        { locale: 'RO', slug: 'despre-asta' },
      ],
    });
    const at = async (path: string): Promise<string> => {
      const { urlResolve: url } = await shop
        .guest()
        .ask('query($path: String!) { urlResolve(path: $path) { code redirectTo } }', { path });
      return url && `${url.code} ${url.redirectTo ?? ''}`.trim();
    };

    expect(await at('/en/about-this')).toBe('200');
    expect(await at('/despre-asta')).toBe('200');
    expect(await at(`/${slug}`)).toBe('301 /despre-asta');
    expect(await at('/en/despre-asta')).toBe('301 /en/about-this');
    expect((await reads('about-this', 'en')).paths).toContainEqual({ language: 'RO', path: '/despre-asta' });
    expect(await reads('despre-asta', 'en')).toBeNull();
  });

  it('is refused where another page or the shop itself is', async () => {
    const { slug } = await published('<p>Prima</p>');
    const { pageId, expectedVersion } = await page();
    const taking = async (wanted: string): Promise<string[]> =>
      codes(await update({ pageId, expectedVersion, translations: [{ locale: 'RO', slug: wanted }] }));

    expect(await taking(slug)).toEqual(['SLUG_TAKEN']);
    expect(await taking('cart')).toEqual(['PATH_RESERVED']);
    // German is none of this shop's languages; it may become one.
    expect(await taking('de')).toEqual(['PATH_RESERVED']);
    expect(await taking('Not A Slug')).toEqual(['INVALID_INPUT']);
  });
});

describe('the text of a page', () => {
  it('takes what the editor writes, and stores it as it is', async () => {
    const { pageId, expectedVersion } = await page();
    const html =
      '<h2>Titlu</h2><p>Un <strong>text</strong> <em>cu</em> <a href="https://example.com">o legătură</a></p><ul><li><p>unu</p></li></ul><ol start="3"><li><p>trei</p></li></ol><blockquote><p>citat</p></blockquote><hr>';
    const { page: written, errors } = await update({ pageId, expectedVersion, blocks: [text(html)] });

    expect(errors).toEqual([]);
    expect(written.draft.blocks[0].translations[0].html).toBe(html.replace('<hr>', '<hr />'));
  });

  it.each([
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="//evil.example">x</a>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<p style="position:fixed">x</p>',
    '<!-- <p>x</p> -->',
    '<table><tr><td>x</td></tr></table>',
  ])('is refused rather than changed: %s', async (html) => {
    const { pageId, expectedVersion } = await page();

    expect(codes(await update({ pageId, expectedVersion, blocks: [text(html)] }))).toEqual([
      'HTML_NOT_ALLOWED',
    ]);
  });

  it('speaks of the settings as they are, in the language of the reader', async () => {
    const { slug } = await published('<p>Retur în {{returns.withdrawalDays}}.</p>');
    expect((await reads(slug)).blocks[0].html).toBe('<p>Retur în 30 de zile.</p>');
    expect((await reads(slug, 'fr')).blocks[0].html).toBe('<p>Retur în 30 jours.</p>');

    const { settings } = await staff.ask('{ settings { returns { version } } }');
    await staff.ask(
      'mutation($input: ReturnsSettingsUpdateInput!) { returnsSettingsUpdate(input: $input) { errors { code } } }',
      { input: { expectedVersion: settings.returns.version, days: 14 } },
    );
    expect((await reads(slug)).blocks[0].html).toBe('<p>Retur în 14 zile.</p>');
  });

  it('is refused when it names a fact that there is not', async () => {
    const { pageId, expectedVersion } = await page();
    const blocks = [text('<p>{{delivery.byDragon}}</p>')];

    expect(codes(await update({ pageId, expectedVersion, blocks }))).toEqual(['UNKNOWN_FACT']);
  });

  it('is translated text by text, and read by buyers once it is published', async () => {
    const { pageId, expectedVersion, slug } = await page();
    const question = { translations: [{ locale: 'RO', title: 'Cum?', html: '<p>Așa.</p>' }] };
    const { page: written } = await update({
      ...{ pageId, expectedVersion },
      blocks: [
        text('<p>Bună ziua, lume!</p>'),
        { key: 'the-questions', type: 'QUESTIONS', items: [question] },
        text('<p>Numai în română.</p>', { key: 'romanian-only', languages: ['RO'] }),
        text('<p>Ascuns.</p>', { key: 'the-hidden', isHidden: true }),
      ],
    });
    await publish({ pageId, expectedVersion: written.version });
    const { missingTexts } = await staff.ask(
      `{ missingTexts(language: FR, area: "pages", first: 100) { nodes { id field kind source label } } }`,
    );
    const lacking = missingTexts.nodes.filter(({ label }: Answer) => label === `Pagina ${made}`);
    expect(lacking.map(({ field, kind, source }: Answer) => `${field} ${kind} ${source}`).sort()).toEqual([
      'answer HTML <p>Așa.</p>',
      'html HTML <p>Bună ziua, lume!</p>',
      `name LINE Pagina ${made}`,
      'question LINE Cum?',
    ]);
    const save = async (lack: Answer, french: string): Promise<Answer> =>
      (
        await staff.ask(
          'mutation($input: TranslationSaveInput!) { done: translationSave(input: $input) { errors { code } } }',
          { input: { language: 'FR', area: 'pages', id: lack.id, field: lack.field, text: french } },
        )
      ).done;
    const named = (field: string): Answer => lacking.find((each: Answer) => each.field === field);

    expect(codes(await save(named('html'), '<script>x</script>'))).toEqual(['HTML_NOT_ALLOWED']);
    expect(codes(await save(named('html'), '<p>Bonjour !</p>'))).toEqual([]);
    expect(codes(await save(named('name'), 'La page'))).toEqual([]);
    expect(codes(await save(named('answer'), '<p>Ainsi.</p>'))).toEqual([]);
    expect((await reads(slug, 'fr')).name).toBe(`Pagina ${made}`);
    const { staffPage } = await staff.ask(`{ staffPage(id: "${pageId}") { version hasDraft } }`);
    expect(staffPage.hasDraft).toBe(true);
    await publish({ pageId, expectedVersion: staffPage.version });

    const french = await reads(slug, 'fr');
    expect(french.name).toBe('La page');
    expect(french.blocks[0]).toMatchObject({ html: '<p>Bonjour !</p>' });
    expect((await reads(slug)).blocks[0]).toMatchObject({ html: '<p>Bună ziua, lume!</p>' });
  });

  it('keeps a block of a type that nobody knows any more, and shows it to no buyer', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Text</p>');
    await shop.shop.database.pool.query(
      `UPDATE page SET draft = jsonb_build_object('name', '{"ro":"Nume"}'::jsonb, 'blocks', '[{"key":"of-a-plugin","type":"WEATHER","data":{"city":"Cluj"}}]'::jsonb) WHERE slugs ->> 'ro' = $1`,
      [slug],
    );
    const unknown = { key: 'of-a-plugin', type: 'UNKNOWN', isHidden: true };
    const { page: written } = await update({
      ...{ pageId, expectedVersion },
      blocks: [text('<p>Text</p>'), unknown],
    });
    await publish({ pageId, expectedVersion: written.version });
    const { rows } = await shop.shop.database.pool.query(
      `SELECT v.content #> '{blocks,1}' AS block FROM page p JOIN page_version v ON v.id = p.published_id WHERE slugs ->> 'ro' = $1`,
      [slug],
    );

    expect(rows[0].block).toMatchObject({ type: 'WEATHER', data: { city: 'Cluj' } });
    expect((await reads(slug)).blocks).toHaveLength(1);
  });
});

describe('a link to a draft', () => {
  const LINK =
    'mutation($input: PagePreviewInput!) { done: pagePreviewLink(input: $input) { url errors { code } } }';
  const opened = async (url: string): Promise<Answer> => {
    const text =
      'query($token: String!) { pagePreview(token: $token) { blocks { ... on TextBlock { html } } } }';
    return (await shop.guest().ask(text, { token: url.split('/').at(-1) })).pagePreview;
  };

  it('shows it to whoever has it, and dies when the page is published', async () => {
    const { pageId, expectedVersion } = await page();
    const { page: written } = await update({ pageId, expectedVersion, blocks: [text('<p>Secret</p>')] });
    const { done } = await staff.ask(LINK, { input: { pageId } });
    expect(done.url).toMatch(/\/preview\/[\w-]{43}$/);
    expect(await opened(done.url)).toEqual({ blocks: [{ html: '<p>Secret</p>' }] });

    await publish({ pageId, expectedVersion: written.version });

    expect(await opened(done.url)).toBeNull();
  });

  it('dies when it is taken back, and after seven days', async () => {
    const { pageId } = await page();
    const first = (await staff.ask(LINK, { input: { pageId } })).done.url;
    await staff.ask('mutation($input: PagePreviewInput!) { pagePreviewRevoke(input: $input) { ok } }', {
      input: { pageId },
    });
    expect(await opened(first)).toBeNull();

    const second = (await staff.ask(LINK, { input: { pageId } })).done.url;
    expect(await opened(second)).not.toBeNull();
    await pass(7 * 86_400_000 + 1);
    expect(await opened(second)).toBeNull();
  });
});

describe('a menu', () => {
  const MENU = 'menu { version entries { key depth name isLeftOut targetId } } errors { code path }';
  const change = async (code: string, entries: Answer[], expectedVersion?: number): Promise<Answer> => {
    const { staffMenus } = await staff.ask('{ staffMenus { code version } }');
    const version = staffMenus.find((menu: Answer) => menu.code === code).version;
    return (
      await staff.ask(`mutation($input: MenuUpdateInput!) { done: menuUpdate(input: $input) { ${MENU} } }`, {
        input: { code, expectedVersion: expectedVersion ?? version, entries },
      })
    ).done;
  };
  const link = (key: string, more: Answer, depth = 0): Answer => ({ key, depth, kind: 'LINK', ...more });
  const items = async (language = 'ro', code = 'HEADER'): Promise<Answer[]> =>
    (
      await shop
        .guest({ 'accept-language': language })
        .ask(
          `{ menu(code: ${code}) { items { label href children { label href children { label href } } } } }`,
        )
    ).menu.items;
  const lines = (of: Answer[], indent = ''): string[] =>
    of.flatMap(({ label, href, children = [] }) => [
      `${indent}${label} ${href ?? '-'}`,
      ...lines(children, `${indent}  `),
    ]);

  it('begins with the categories above, and with the pages and the help of the shop below', async () => {
    const footer = await items('en', 'FOOTER');

    expect(footer.map(({ label }) => label)).toEqual(expect.arrayContaining(['About the shop', 'Useful']));
    expect(lines(footer)).toContain('  Terms and conditions /en/terms');
    expect(lines(footer)).toContain('  Search /en/search');
  });

  it('follows the name and the address of a page, and has a label of its own where staff write one', async () => {
    const { pageId, expectedVersion, slug } = await published('<p>Text</p>');
    const name = `Pagina ${made}`;
    await change('HEADER', [
      link('to-the-page', { targetId: pageId }),
      link('with-a-label', { targetId: pageId, translations: [{ locale: 'EN', label: 'Our text' }] }, 1),
      link('elsewhere', {
        path: 'https://example.com/',
        translations: [{ locale: 'RO', label: 'Altundeva' }],
      }),
    ]);
    expect(lines(await items())).toEqual([
      `${name} /${slug}`,
      `  ${'Our text'} /${slug}`,
      'Altundeva https://example.com/',
    ]);

    const { page: renamed } = await update({
      ...{ pageId, expectedVersion },
      translations: [
        { locale: 'EN', name: 'The text', slug: `text-${slug}` },
        { locale: 'RO', name: 'Textul' },
      ],
    });
    await publish({ pageId, expectedVersion: renamed.version });

    expect(lines(await items('en')).slice(0, 2)).toEqual([
      `The text /en/text-${slug}`,
      `  Our text /en/text-${slug}`,
    ]);
    expect(lines(await items()).at(0)).toBe(`Textul /${slug}`);
  });

  it('leaves out what is gone with what is below it, tells staff, and shows the rest', async () => {
    const { pageId, expectedVersion } = await published('<p>Text</p>');
    const hidden = await page();
    await change('HEADER', [
      link('to-the-page', { targetId: pageId }),
      link('below-the-page', { path: '/search', translations: [{ locale: 'RO', label: 'Caută' }] }, 1),
      link('not-published', { targetId: hidden.pageId }),
      link('the-search', { path: '/search', translations: [{ locale: 'RO', label: 'Tot' }] }),
    ]);
    expect(lines(await items())).toEqual([
      expect.stringMatching(/^Pagina/),
      '  Caută /search',
      'Tot /search',
    ]);
    await send('pageArchive', 'PageArchiveInput', { pageId, expectedVersion, isArchived: true });

    expect(lines(await items())).toEqual(['Tot /search']);
    const { staffMenus } = await staff.ask('{ staffMenus { code entries { key isLeftOut } } }');
    const { entries } = staffMenus.find(({ code }: Answer) => code === 'HEADER');
    expect(entries.filter((entry: Answer) => entry.isLeftOut).map(({ key }: Answer) => key)).toEqual([
      'to-the-page',
      'not-published',
    ]);
    // What was there before stays in the menu when the rest of it is changed.
    const kept = await change('HEADER', [link('to-the-page', { targetId: pageId })]);
    expect(codes(kept)).toEqual([]);
  });

  it('shows the tree of categories as it is, three levels deep, without those that are hidden', async () => {
    const category = async (name: string, parentId: string | null): Promise<Answer> =>
      (
        await staff.ask(
          'mutation($input: CategoryCreateInput!) { categoryCreate(input: $input) { category { id slug version } errors { code } } }',
          { input: { parentId, translations: [{ locale: 'RO', name }] } },
        )
      ).categoryCreate.category;
    const top = await category('Lut ars', null);
    const below = await category('Smalț verde', top.id);
    await category('Foarte adânc', below.id);
    await change('HEADER', [{ key: 'all-of-them', depth: 0, kind: 'CATEGORIES' }]);

    const shown = lines(await items());
    expect((await items('ro', 'FOOTER'))[0]?.children).toContainEqual({
      ...{ label: 'Lut ars', href: `/c/${top.slug}`, children: [] },
    });
    const at = shown.indexOf(`Lut ars /c/${top.slug}`);
    expect(shown.slice(at, at + 3)).toEqual([
      `Lut ars /c/${top.slug}`,
      `  Smalț verde /c/${below.slug}`,
      expect.stringMatching(/^ {4}Foarte adânc /),
    ]);
    await staff.ask(
      'mutation($input: CategoryUpdateInput!) { categoryUpdate(input: $input) { errors { code } } }',
      { input: { categoryId: below.id, expectedVersion: below.version, isHidden: true } },
    );
    expect(lines(await items()).filter((line) => line.includes('verde') || line.includes('adânc'))).toEqual(
      [],
    );
  });

  it('is refused where it could not be shown, and to the second of two who save at once', async () => {
    const label = { translations: [{ locale: 'RO', label: 'Ceva' }] };
    const refused = async (...entries: Answer[]): Promise<string[]> =>
      (await change('FOOTER', entries)).errors.map(
        ({ code, path }: Answer) => `${code} ${path?.join('.') ?? ''}`,
      );
    const some = { path: '/search', ...label };

    expect(await refused(link('to-nowhere', label))).toEqual(['INVALID_INPUT entries.0.path']);
    expect(await refused(link('not-called', { path: '/search' }))).toEqual([
      'INVALID_INPUT entries.0.translations',
    ]);
    expect(await refused(link('to-a-script', { path: 'javascript:alert(1)', ...label }))).toEqual([
      'INVALID_INPUT entries.0.path',
    ]);
    expect(await refused(link('too-deep-1', some), link('too-deep-2', some, 2))).toEqual([
      'INVALID_INPUT entries.1.depth',
    ]);
    expect(
      await refused({ key: 'all-of-them', depth: 0, kind: 'CATEGORIES' }, link('below-them', some, 1)),
    ).toEqual(['INVALID_INPUT entries.1.depth']);
    expect(await refused(link('the-same-1', some), link('the-same-1', some))).toEqual([
      'INVALID_INPUT entries.1.key',
    ]);
    expect(await refused(link('not-there', { targetId: 'page_00000000000000000000000000' }))).toEqual([
      'NOT_FOUND entries.0.targetId',
    ]);
    expect(codes(await change('FOOTER', [], 77))).toEqual(['STALE_VERSION']);
  });

  it('is translated label by label', async () => {
    await change('HEADER', [
      link('the-search', { path: '/search', translations: [{ locale: 'RO', label: 'Căutare în tot' }] }),
    ]);
    const { missingTexts } = await staff.ask(
      '{ missingTexts(language: FR, area: "menus", first: 100) { nodes { id field source } } }',
    );
    const lack = missingTexts.nodes.find(({ source }: Answer) => source === 'Căutare în tot');
    const saved = await staff.ask(
      'mutation($input: TranslationSaveInput!) { done: translationSave(input: $input) { errors { code } } }',
      { input: { language: 'FR', area: 'menus', id: lack.id, field: lack.field, text: 'Tout chercher' } },
    );

    expect(codes(saved.done)).toEqual([]);
    expect(lines(await items('fr'))).toEqual(['Tout chercher /fr/search']);
  });
});
