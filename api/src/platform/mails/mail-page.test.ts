import { expect, it } from 'vitest';
import { bringMessages } from '../messages.js';
import { mailPage } from './mail-page.js';
import { button, details, heading, lines, paragraph, pieces, quotation, sums } from './mail-parts.js';
import { markup } from './markup.js';

const frame = { language: 'en', shopName: 'Lut & Lână', timeZone: 'Europe/Bucharest' } as const;
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
