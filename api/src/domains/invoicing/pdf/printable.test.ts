import { describe, expect, it } from 'vitest';
import { invoicePdf } from './invoice-pdf.js';
import type { InvoiceEntity } from '../invoice.entity.js';
import { drawable, printable } from './printable.js';

describe('what somebody typed, on paper', () => {
  it.each([
    ['turns no line around', 'Bol \u202egnp.exe\u202c \u2066a\u2069', 'Bol gnp.exe a'],
    ['has no signs without width', '\u200bAn\u2060a\ufeff\u00ad', 'Ana'],
    ['has no control characters', 'A\u0000B\u0085C\u2028D\r\nE', 'A B C D E'],
    ['chooses no look of an emoji', '❤\ufe0f', '❤'],
    ['ends no letter with a half', 'A\ud83d', 'A\ufffd'],
    ['piles no accents over other lines', `Z${'\u0301'.repeat(300)}`, 'Ź\u0301\u0301\u0301\u0301'],
    ['ends somewhere', 'W'.repeat(10_000), `${'W'.repeat(300)}…`],
    ['keeps the accents of a language', 'Tie\u0302\u0301ng Việt', 'Tiếng Việt'],
    ['keeps the joiners of Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
  ])('%s', (_what, typed, written) => {
    expect(printable(typed)).toBe(written);
  });

  it.each([
    ['Ana 🎉 Pop', 'Ana Pop'],
    ['𝐀𝓃a', 'Ana'],
    ['สมชาย', '□□□□□'],
    ['รั้ว A', '□□ A'],
  ])('%s is written as %s where the face has Latin letters alone', (typed, written) => {
    expect(drawable(typed, (code) => code < 0x250)).toBe(written);
  });
});

/** A document whose every text that others write is the same. */
function invoice(name: string, lines = 1): InvoiceEntity {
  const line = { kind: 'GOODS', sku: 'S', quantity: 1, basisPoints: 2100, discount: 0, net: 100, gross: 121 };
  const buyer = { firstName: name, lastName: name, company: name, line1: name, line2: name, city: name };
  return {
    ...{
      series: 'LL',
      number: 1,
      printedNumber: 'LL-000001',
      kind: 'INVOICE',
      totalGross: 121,
      currency: 'RON',
      issuedAt: new Date(0),
    },
    content: {
      ...{ language: 'ro', orderNumber: '1', orderedAt: '2026-11-28T10:00:00Z', paymentMethod: 'CARD' },
      seller: { name: 'Lut', address: [], taxId: null },
      buyer: { ...buyer, region: null, postalCode: '400001', countryCode: 'RO', email: 'a@example.test' },
      lines: Array.from({ length: lines }, () => ({ ...line, name, variant: name })),
      ...{ taxes: [], total: { net: 100, gross: 121 }, corrects: null },
    },
  } as unknown as InvoiceEntity;
}

async function pages(document: InvoiceEntity): Promise<number> {
  return (await invoicePdf(document)).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

describe('an invoice can be opened', () => {
  it.each([
    ['Ana ❤\ufe0f'],
    ['👨\u200d👩\u200d👧 🇷🇴 🏴\u{e0067}\u{e007f}'],
    ['★ ☕ ✓ ➜ ① ㎏ 𝒜 ₴ \ufff9'],
    ['สมชาย राम მარიამ Հայ ខ្មែរ'],
    ['\u202eشارع 12\u202c שלום'],
    [`Z${'\u030d\u0353'.repeat(300)}`],
    ['<script>alert(1)</script> ) Tj ET endobj'],
    ['\u0000\ud800\u200b'],
  ])('whoever is called %j', async (name) => {
    expect(await pages(invoice(name))).toBe(1);
  });

  it('however long the names and with many lines', async () => {
    expect(await pages(invoice('李שWส'.repeat(20), 3))).toBeLessThanOrEqual(2);
    expect(await pages(named('李שWส'.repeat(2500)))).toBeLessThanOrEqual(2);
    expect(await pages(named('Bol', 60))).toBeLessThanOrEqual(6);
  });
});

/** One whose lines are of that name. */
function named(name: string, lines = 1): InvoiceEntity {
  const document = invoice('Ana', lines);
  return {
    ...document,
    content: { ...document.content, lines: document.content.lines.map((line) => ({ ...line, name })) },
  };
}
