import { describe, expect, it } from 'vitest';
import { bringMessages } from '../messages.js';
import type { MailBrand } from './define-mail.js';
import { NO_BRAND } from './mail-colors.js';
import { mailPage } from './mail-page.js';
import { button, details, heading, lines, paragraph, pieces, quotation, sums } from './mail-parts.js';
import { markup } from './markup.js';

const frame = {
  language: 'en',
  shopName: 'Lut & Lână',
  timeZone: 'Europe/Bucharest',
  brand: NO_BRAND,
} as const;
bringMessages('mails/layout', { en: { footer: { buyer: '{shop}', staff: '{shop}' } } });

/** Everything that a person may write into a mail, in every part. */
function everyPartWith(words: string): string {
  const piece = { name: words, variant: words, quantity: 1, price: words };
  const rows = [{ label: words, value: words, amount: words }];
  return mailPage(
    { ...frame, shopName: words },
    {
      title: words,
      preview: words,
      body: markup`${paragraph(words)}${lines([words])}${button(words, 'https://shop.example/?a=1&b=2')}${heading(words)}${quotation(words, words)}${pieces([piece])}${sums(rows)}${details(rows)}`,
    },
  );
}

it.each([
  ['tags', '<b>bold</b><script>alert(1)</script></mj-text></mjml>'],
  ['comments', '<!-- --> ]]> <![CDATA[ <?xml ?>'],
  ['entities', '&amp; &lt; &nbsp; &#0; & alone'],
  ['quotes', `"double" 'single' \`back\``],
  ['templates', '{{name}} {% if %} ${x} <%= y %>'],
  ['scripts of the world', 'Ștefan 中文 العربية 🏺 e\u0301'],
  ['lines', 'one\n\ttwo\u0085\u2028three'],
  ['no-break spaces and backslashes', 'RON\u00a012\u202f900,00 \\o/'],
  ['nothing', ''],
  ['a whole book', 'word '.repeat(4_000)],
])('shows words with %s as they were written, in every part', (_what, words) => {
  const html = everyPartWith(words);

  const body = html.slice(html.indexOf('<body'));
  const escaped = words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  expect(body.split(escaped).length - 1).toBeGreaterThanOrEqual(words ? 14 : 0);
  expect(body).not.toMatch(/<script|<b>|<!\[CDATA|<mj-/);
  expect(body).toContain('href="https://shop.example/?a=1&#38;b=2"');
  expect(html).not.toMatch(/\\u\{|\\\\/);
  expect(html.endsWith('</html>')).toBe(true);
});

it('leads to a page of which staff typed the address with a backslash and letters of their language', () => {
  const body = button('Where it is', 'https://carrier.example\\parcel/Brașov');

  const html = mailPage(frame, { title: 'On its way', preview: '', body });

  expect(html).toContain('href="https://carrier.example/parcel/Bra%C8%99ov"');
});

it('leaves out what no page can show: control characters and halves of characters', () => {
  const html = everyPartWith('A\u0000n\u0001a\u001b \ud83cP\ufffeop\udffa');

  expect(html.split('Ana Pop').length - 1).toBeGreaterThanOrEqual(14);
});

it('says which part of a plugin is no layout of a mail, and none of the words', () => {
  const broken = markup`<mj-text>to Ana`;

  expect(() => mailPage(frame, { title: 'Ana', preview: '', body: broken })).toThrow(/could not be laid out/);
  expect(() => mailPage(frame, { title: 'Ana', preview: '', body: broken })).not.toThrow(/Ana/);
});

describe('the look of the shop', () => {
  const logo = { url: 'https://shop.example/media/brand/light.png', width: 800, height: 200 };
  const darkLogo = { url: 'https://shop.example/media/brand/dark.png', width: 800, height: 200 };
  const page = (brand: Partial<MailBrand>): string =>
    mailPage(
      { ...frame, brand: { ...NO_BRAND, ...brand } },
      { title: 'Thank you', preview: '', body: button('Your order', 'https://shop.example/o') },
    );

  it('a mail of a shop without a logo begins with its name', () => {
    expect(page({})).toMatch(/<div[^>]*font-size:22px[^>]*>Lut &#38; Lână<\/div>/);
    expect(page({})).not.toContain('<img');
  });

  it('a logo has an address that any program can ask for, its size, and the name for whoever sees no images', () => {
    const html = page({ logo });

    expect(html).toContain(`src="${logo.url}" alt="Lut &#38; Lână" width="220" height="55"`);
  });

  it('a logo without a dark variant stands on a light plate in dark mode; with one, that is shown', () => {
    expect(page({ logo })).toContain('<img class="plate"');
    expect(page({ logo })).toMatch(/img\.plate \{ background: #faf7f2/);
    const both = page({ logo, darkLogo });
    expect(both).toContain(`<source media="(prefers-color-scheme: dark)" srcset="${darkLogo.url}" />`);
    expect(both).not.toContain('<img class="plate"');
  });

  it('a small logo is never enlarged, and takes half as many pixels as it has', () => {
    expect(page({ logo: { ...logo, width: 100, height: 40 } })).toContain('width="50" height="20"');
  });

  it('buttons have the accent of the shop, and another in dark mode', () => {
    const html = page({ accent: '#ffd800', onAccent: '#1f1b16', darkAccent: '#ffe14d' });

    expect(html).toMatch(/background:\s?#ffd800/);
    expect(html).toMatch(/<a [^>]*color:#1f1b16[^>]*>\s*Your order/);
    expect(html).toMatch(/\.button a \{ background: #ffe14d !important; color: #1d1916 !important \}/);
  });
});
