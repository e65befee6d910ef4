import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
});
afterAll(() => shop.close());

const german = (): GraphqlClient => shop.guest({ 'accept-language': 'de' });

const OUTCOME =
  'shopLanguages { version languages { code isPublished isDefault isRoot hasProgramWords coverage { area total written } } } errors { code path }';
const change = async (name: 'Add' | 'Update' | 'Remove', input: object): Promise<Answer> => {
  const text = `mutation($input: ShopLanguage${name}Input!) { outcome: shopLanguage${name}(input: $input) { ${OUTCOME} } }`;
  return (await staff.ask(text, { input })).outcome;
};
const coverageOf = (outcome: Answer, area: string): Answer =>
  outcome.shopLanguages.languages
    .find(({ code }: Answer) => code === 'DE')
    .coverage.find((each: Answer) => each.area === area);

/** Everything that an area lacks in German, as the screen shows it. */
const missing = async (area: string): Promise<Answer[]> =>
  (
    await staff.ask(
      'query($area: String!) { missingTexts(language: DE, area: $area, first: 100) { nodes { id field source kind most } endCursor } }',
      { area },
    )
  ).missingTexts.nodes;
const save = async (area: string, { id, field }: Answer, text: string): Promise<Answer> =>
  (
    await staff.ask(
      'mutation($input: TranslationSaveInput!) { translationSave(input: $input) { coverage { area total written } errors { code path } } }',
      { input: { language: 'DE', area, id, field, text } },
    )
  ).translationSave;
const say = async (key: string, text: string | null): Promise<Answer> =>
  (
    await staff.ask(
      'mutation($input: MessageOverrideSetInput!) { messageOverrideSet(input: $input) { word { own text } errors { code } } }',
      { input: { language: 'DE', key, text } },
    )
  ).messageOverrideSet;

const TERMS = {
  tag: 'mutation { tagCreate(input: { translations: [{ locale: RO, name: "Cadou" }] }) { tag { id } } }',
  attribute:
    'mutation { attributeCreate(input: { kind: ENUM, translations: [{ locale: RO, name: "Material" }] }) { attribute { id } } }',
  value:
    'mutation($id: ID!) { attributeValueCreate(input: { attributeId: $id, translations: [{ locale: RO, name: "In", care: "Spală la 40 de grade." }] }) { errors { code } } }',
};

it('adds German in peace: staff write in it, buyers see nothing of it', async () => {
  const [variantId] = [
    (
      await staff.ask(
        'mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { variants { id } } errors { message } } }',
        {
          input: {
            status: 'ACTIVE',
            translations: [{ locale: 'RO', name: 'Cană' }],
            options: [{ code: 'glaze', name: 'Glazură', values: [{ code: 'moss', name: 'Mușchi' }] }],
            variants: [
              { sku: 'CANA-1', price: 12_100, stock: 50, options: [{ option: 'glaze', value: 'moss' }] },
            ],
          },
        },
      )
    ).productCreate.product.variants,
  ];
  expect(variantId).toBeTruthy();
  await staff.ask(TERMS.tag);
  const { attributeCreate } = await staff.ask(TERMS.attribute);
  const { attributeValueCreate } = await staff.ask(TERMS.value, { id: attributeCreate.attribute.id });
  expect(attributeValueCreate.errors).toEqual([]);

  const added = await change('Add', { language: 'DE' });
  expect(added.errors).toEqual([]);
  expect(added.shopLanguages.languages.at(-1)).toMatchObject({
    ...{ code: 'DE', isPublished: false, isDefault: false, isRoot: false, hasProgramWords: false },
  });
  expect(coverageOf(added, 'products')).toMatchObject({ written: 0 });
  expect(coverageOf(added, 'INTERFACE')).toMatchObject({ written: 0 });
  const { shop: seen } = await german().ask('{ shop { languages contentLanguages } }');
  expect(seen).toEqual({ languages: ['RO', 'EN', 'FR'], contentLanguages: null });
});

it('takes no word of a language that the shop does not have, and none without its placeholders', async () => {
  const input = { language: 'PL', key: 'storefront:cart.add', text: 'Do koszyka' };
  const refused = await staff.ask(
    'mutation($input: MessageOverrideSetInput!) { messageOverrideSet(input: $input) { errors { code } } }',
    { input },
  );
  expect(refused.messageOverrideSet.errors).toEqual([{ code: 'LANGUAGE_NOT_KEPT' }]);
  expect((await say('storefront:cart.nothing', 'x')).errors).toEqual([{ code: 'NOT_FOUND' }]);
  expect((await say('storefront:cart.fewerLeft', 'Es gibt weniger.')).errors).toEqual([
    { code: 'MESSAGE_PLACEHOLDERS' },
  ]);
  expect((await say('storefront:cart.add', '<b>In den Warenkorb</b>')).errors).toEqual([
    { code: 'INVALID_INPUT' },
  ]);
  expect((await say('storefront:cart.add', 'In den {Warenkorb')).errors).toEqual([{ code: 'INVALID_INPUT' }]);
  // A line would hide what follows it, apart from one between the forms of a plural; German has two.
  const plural = 'storefront:home.pieces';
  for (const [key, text] of [
    ['storefront:cart.add', 'Kaufen | Mitnehmen'],
    [plural, '{n} Stück | '],
    [plural, '{n} a | {n} b | {n} c | {n} d'],
  ] as const)
    expect((await say(key, text)).errors).toEqual([{ code: 'INVALID_INPUT' }]);
  expect((await say(plural, 'ein Stück | {n} Stücke')).errors).toEqual([]);
  expect((await say(plural, null)).errors).toEqual([]);
});

it('is translated text by text, each by the rules of its module, until nothing is missing', async () => {
  for (const [area, text] of [
    ['products', 'Tasse'],
    ['options', 'Glasur'],
    ['optionValues', 'Moos'],
    ['attributes', 'Werkstoff'],
    ['tags', 'Geschenk'],
  ] as const) {
    const [first] = await missing(area);
    expect(await save(area, first!, text)).toMatchObject({ errors: [], coverage: { area, written: 1 } });
    expect(await missing(area)).not.toContainEqual(first);
  }
  const [name, care] = (await missing('attributeValues')) as [Answer, Answer];
  expect([name, care]).toMatchObject([
    { field: 'name', source: 'In' },
    { field: 'care', source: 'Spală la 40 de grade.' },
  ]);
  const careText = 'Bei 40 Grad waschen.';
  expect(await save('attributeValues', care, careText)).toMatchObject({
    errors: [{ code: 'INVALID_INPUT', path: ['text'] }],
  });
  expect((await save('attributeValues', name, 'Leinen')).errors).toEqual([]);
  expect((await save('attributeValues', care, careText)).errors).toEqual([]);
  expect(await missing('attributeValues')).toEqual([]);
  // The forms of staff read every language that something is written in.
  const { tags, attributes } = await staff.ask(
    '{ tags { translations { locale name } } attributes { translations { locale name } values { translations { locale name care } } } }',
  );
  expect(tags[0].translations).toContainEqual({ locale: 'DE', name: 'Geschenk' });
  expect(attributes[0].translations).toContainEqual({ locale: 'DE', name: 'Werkstoff' });
  expect(attributes[0].values[0].translations).toContainEqual({
    locale: 'DE',
    name: 'Leinen',
    care: careText,
  });
  for (const area of ['shippingMethods', 'taxRates'])
    for (const lack of await missing(area))
      expect((await save(area, lack, `DE ${lack.source}`)).errors).toEqual([]);
  expect(await missing('shippingMethods')).toEqual([]);
  // The sentences of settings, too: they are there once somebody wrote one.
  const holiday = {
    from: '2099-07-01T00:00:00Z',
    until: null,
    translations: [{ locale: 'RO', message: 'Suntem la mare.' }],
  };
  const mention = [{ locale: 'RO', message: 'Neplătitor de TVA.' }];
  await staff.ask(
    `mutation($holiday: HolidaySettingsUpdateInput!, $tax: TaxSettingsUpdateInput!) {
      holidaySettingsUpdate(input: $holiday) { errors { code } } taxSettingsUpdate(input: $tax) { errors { code } } }`,
    { holiday, tax: { mention } },
  );
  for (const [area, text] of [
    ['holiday', 'Wir sind am Meer.'],
    ['invoiceMention', 'Keine Umsatzsteuer.'],
  ] as const) {
    const [lack, ...more] = await missing(area);
    expect(more).toEqual([]);
    expect(await save(area, lack!, 'x'.repeat(301))).toMatchObject({ errors: [{ path: ['text'] }] });
    expect(await save(area, lack!, text)).toEqual({ coverage: { area, total: 1, written: 1 }, errors: [] });
    expect(await missing(area)).toEqual([]);
  }
  const kept = await shop.sql<{ texts: object }>(
    `SELECT value -> CASE key WHEN 'tax' THEN 'mention' ELSE 'translations' END AS texts FROM shop_setting WHERE key IN ('tax', 'holiday') ORDER BY key`,
  );
  expect(kept.map(({ texts }) => texts)).toEqual(
    [
      [...holiday.translations, { locale: 'de', message: 'Wir sind am Meer.' }],
      [...mention, { locale: 'de', message: 'Keine Umsatzsteuer.' }],
    ].map((texts) => texts.map(({ locale, message }) => ({ locale: locale.toLowerCase(), message }))),
  );
  expect((await say('storefront:cart.add', 'In den Warenkorb')).errors).toEqual([]);
  expect((await say('mails/order-confirmation:subject', 'Ihre Bestellung {number}')).errors).toEqual([]);
  expect((await say('documents:invoice', 'Rechnung')).errors).toEqual([]);
});

it('published, strangers read it: names in German, what is not written in the default language', async () => {
  const published = await change('Update', { language: 'DE', isPublished: true });
  expect(published.errors).toEqual([]);
  const {
    shop: seen,
    products,
    pageWords,
  } = await german().ask(
    '{ shop { languages wordsVersion } products(search: "tasse") { nodes { name options { name values { name } } } } pageWords { version words { key text } } }',
  );
  expect(seen.languages).toEqual(['RO', 'EN', 'FR', 'DE']);
  expect(products.nodes).toEqual([
    { name: 'Tasse', options: [{ name: 'Glasur', values: [{ name: 'Moos' }] }] },
  ]);
  expect(pageWords.words).toEqual([{ key: 'cart.add', text: 'In den Warenkorb' }]);
  expect(seen.wordsVersion).toBe(pageWords.version);
  const [event] = await shop.sql<{ payload: object }>(
    `SELECT payload FROM outbox WHERE kind = 'language.published' AND payload ->> 'language' = 'de'`,
  );
  expect(event?.payload).toEqual({ language: 'de' });
});

it('another process says a changed word to its next buyer, and the own one of the program again when it is taken back', async () => {
  const other = await shop.beside();
  const first = async (): Promise<string> =>
    (await other.guest({ 'accept-language': 'de' }).ask('{ pageWords { words { key text } } }')).pageWords
      .words[0]?.text;
  try {
    expect(await first()).toBe('In den Warenkorb');
    expect((await say('storefront:cart.add', 'Zum Warenkorb')).word.text).toBe('Zum Warenkorb');
    expect(await first()).toBe('Zum Warenkorb');
    expect((await say('storefront:cart.add', null)).word.text).toBeNull();
    expect(await first()).toBeUndefined();
  } finally {
    await other.close();
  }
});

it('mails and the invoice are in its words, and the invoice keeps those that it was issued with', async () => {
  const [variant] = await shop.sql<{ id: string }>(`SELECT id FROM variant WHERE sku = 'CANA-1'`);
  const { products } = await german().ask('{ products(search: "tasse") { nodes { variants { id } } } }');
  expect(variant).toBeDefined();
  const order: Answer = await buy(german(), [{ variantId: products.nodes[0].variants[0].id, quantity: 1 }]);
  const mail = await shop.eventually(async () =>
    (await shop.sql<{ subject: string; text: string }>('SELECT subject, text FROM dev_inbox')).find(
      ({ subject }) => subject === `Ihre Bestellung ${order.number}`,
    ),
  );
  // The name of the variant is its own in German; the sentences of the mail fall back to the default language.
  expect(mail.text).toContain('Tasse');
  expect(mail.text).toContain('Moos');
  const issued = await shop.eventually(async () => {
    const [row] = await shop.sql<{ content: Answer }>('SELECT content FROM invoice');
    return row?.content;
  });
  expect(issued.words).toEqual({ base: 'ro', written: { invoice: 'Rechnung' } });
  expect((await say('documents:invoice', 'Faktura')).errors).toEqual([]);
  const [after] = await shop.sql<{ content: Answer }>('SELECT content FROM invoice');
  expect(after?.content.words).toEqual(issued.words);
});

it('becomes the default language only once every name is written in it, and says what lacks one', async () => {
  const refused = await change('Update', { language: 'DE', isDefault: true });
  expect(refused.errors).toEqual([{ code: 'DEFAULT_LANGUAGE_INCOMPLETE', path: null }]);
  for (const area of [
    ...['products', 'categories', 'options', 'optionValues', 'shippingMethods', 'taxClasses', 'pages'],
  ])
    for (const lack of (await missing(area)).filter(({ field }) => field === 'name'))
      expect((await save(area, lack, `DE ${lack.source}`)).errors).toEqual([]);
  const taken = await change('Update', { language: 'DE', isDefault: true });
  expect(taken.errors).toEqual([]);
  expect((await change('Update', { language: 'RO', isDefault: true })).errors).toEqual([]);
});

it('comes to the root of addresses: those with its prefix lead there, and links in mails follow', async () => {
  const at = async (path: string): Promise<Answer> =>
    (
      await german().ask(
        'query($path: String!) { urlResolve(path: $path) { found code redirectTo canonical } }',
        { path },
      )
    ).urlResolve;
  const slug = '/p/cana';
  expect(await at(`/de${slug}`)).toMatchObject({ found: 'ENTITY', canonical: `/de${slug}` });
  expect((await change('Update', { language: 'DE', isRoot: true })).errors).toEqual([]);
  expect(await at(`/de${slug}`)).toMatchObject({ found: 'REDIRECT', code: 301, redirectTo: slug });
  expect(await at(slug)).toMatchObject({ found: 'ENTITY', canonical: slug });
  expect(await at(`/ro${slug}`)).toMatchObject({ found: 'ENTITY', canonical: `/ro${slug}` });
  expect((await change('Remove', { language: 'DE' })).errors).toEqual([
    { code: 'LANGUAGE_IN_USE', path: ['language'] },
  ]);
  expect((await change('Update', { language: 'RO', isRoot: true })).errors).toEqual([]);
});

it('removed it is hidden, and added again all its texts are there', async () => {
  expect((await change('Remove', { language: 'DE' })).errors).toEqual([]);
  const names = '{ products(search: "cana") { nodes { name } } }';
  expect((await german().ask(names)).products.nodes).toEqual([{ name: 'Cană' }]);
  const again = await change('Add', { language: 'DE' });
  expect(coverageOf(again, 'products').written).toBeGreaterThan(0);
});

it('of two who change languages at once, the second is told of the first', async () => {
  const { shopLanguages } = await staff.ask('{ shopLanguages { version } }');
  const expectedVersion = shopLanguages.version as number;
  expect((await change('Add', { language: 'HU', expectedVersion })).errors).toEqual([]);
  expect((await change('Add', { language: 'PL', expectedVersion })).errors).toEqual([
    { code: 'STALE_VERSION', path: ['expectedVersion'] },
  ]);
});
