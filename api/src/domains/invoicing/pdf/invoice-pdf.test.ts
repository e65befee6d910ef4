import { describe, expect, it, vi } from 'vitest';
import { invoicePdf } from './invoice-pdf.js';
import { PdfPage } from './pdf-page.js';
import type { InvoiceEntity } from '../invoice.entity.js';

const line = { kind: 'GOODS', variant: 'Verde', sku: 'BOL', basisPoints: 2100, discount: 0 };

function invoice(firstName: string, lastName: string, quantity = 1, gross = 12_100): InvoiceEntity {
  const net = Math.round(gross / 1.21);
  return {
    ...{
      id: 'i',
      series: 'LL',
      number: 1,
      printedNumber: 'LL-000001',
      kind: 'INVOICE',
      orderId: 'o',
      sourceKey: 'order:o',
    },
    ...{ totalGross: gross, currency: 'RON', issuedAt: new Date('2026-11-28T10:00:00Z') },
    content: {
      ...{ language: 'ro', orderNumber: '1001', orderedAt: '2026-11-28T10:00:00Z', paymentMethod: 'CARD' },
      seller: { name: 'Lut', address: ['Strada 1'], taxId: 'RO1' },
      buyer: {
        ...{ firstName, lastName, company: null, line1: 'Strada 1', line2: null, city: 'Cluj', region: null },
        ...{ postalCode: '400001', countryCode: 'RO', phone: null, email: 'a@example.test' },
      },
      lines: [{ ...line, name: 'Bol', quantity, net, gross }],
      taxes: [{ name: { ro: 'TVA' }, basisPoints: 2100, net, tax: gross - net }],
      ...{ total: { net, gross }, corrects: null, stand: [] },
    },
  } as unknown as InvoiceEntity;
}

/** The faces that a document carries: names of subsets, in the clear in a PDF. */
async function faces(firstName: string, lastName: string): Promise<string[]> {
  const text = (await invoicePdf(invoice(firstName, lastName))).toString('latin1');
  return [...new Set([...text.matchAll(/\/FontName \/[A-Z]+\+([\w-]+)/g)].map(([, name]) => name ?? ''))];
}

describe('the name of a buyer on an invoice', () => {
  it.each([
    ['小龙', '李', /NotoSans(SC|-)/],
    ['太郎', '山田', /NotoSans/],
    ['さくら', 'カトウ', /NotoSans/],
    ['민준', '김', /NotoSans(KR|-)/],
    ['دانيال', 'الحسن', /NotoSans/],
    ['שלום', 'כהן', /NotoSans/],
  ])('%s %s is drawn in letters that have them', async (first, last, face) => {
    expect((await faces(first, last)).some((name) => face.test(name) && !name.startsWith('Inter'))).toBe(
      true,
    );
  });

  it.each([
    ['Ștefan', 'Țăran'],
    ['Γιώργος', 'Παπαδόπουλος'],
    ['Дмитро', 'Їжакевич'],
    ['Łukasz', 'Żółć'],
  ])('%s %s needs no other face than the shop’s own', async (first, last) => {
    expect((await faces(first, last)).every((name) => name.startsWith('Inter'))).toBe(true);
  });
});

it('takes amounts of many figures, and names that are longer than a line', async () => {
  const large = invoice('李小龙'.repeat(40), 'שלום כהן '.repeat(20), 999, 999 * 1_234_567);

  expect((await invoicePdf(large)).subarray(0, 5).toString()).toBe('%PDF-');
});

/** The figures of a document that would not stand on one line of their column. */
async function brokenFigures(document: InvoiceEntity): Promise<string[]> {
  const broken: string[] = [];
  const write = PdfPage.prototype.text;
  const spy = vi.spyOn(PdfPage.prototype, 'text').mockImplementation(function (this: PdfPage, ...given) {
    const [, text, cell, style] = given;
    const oneLine = this.height('1', cell, style);
    if (cell.align === 'right' && this.height(text, cell, style) > oneLine) broken.push(text);
    write.apply(this, given);
  });
  await invoicePdf(document);
  spy.mockRestore();
  return broken;
}

it.each([
  [999, 999 * 1_234_567],
  [1, 12_100],
  [999, 999_999_999_999],
])('has each figure of %d pieces for %d on one line of its column', async (quantity, gross) => {
  expect(await brokenFigures(invoice('Ana', 'Pop', quantity, gross))).toEqual([]);
  const credited = { ...invoice('Ana', 'Pop', quantity, gross), kind: 'CREDIT_NOTE' } as InvoiceEntity;
  expect(await brokenFigures(credited)).toEqual([]);
});

it('names a charge by its reason, and not by the code of its plugin', async () => {
  const document = invoice('Ana', 'Pop');
  const charge = { ...line, kind: 'CHARGE', name: 'Ambalaj cadou', variant: '', sku: 'giftWrap.WRAP' };
  const lines = [...document.content.lines, { ...charge, quantity: 1, net: 1240, gross: 1500 }];
  const written: string[] = [];
  const write = PdfPage.prototype.text;
  const spy = vi.spyOn(PdfPage.prototype, 'text').mockImplementation(function (this: PdfPage, ...given) {
    written.push(given[1]);
    write.apply(this, given);
  });
  await invoicePdf({ ...document, content: { ...document.content, lines } } as unknown as InvoiceEntity);
  spy.mockRestore();

  expect(written).toContain('Ambalaj cadou');
  expect(written.join(' ')).not.toContain('giftWrap');
});

it('an invoice begins with the logo of when it was issued; without one, or without its file, with the name', async () => {
  const { default: sharp } = await import('sharp');
  const logo = await sharp({ create: { width: 400, height: 100, channels: 4, background: '#3355aa' } })
    .png()
    .toBuffer();
  const document = invoice('Ana', 'Pop');
  const drawn = vi.spyOn(PdfPage.prototype, 'text');
  const names = async (file: Buffer | null): Promise<number> => {
    drawn.mockClear();
    expect((await invoicePdf(document, file)).subarray(0, 5).toString()).toBe('%PDF-');
    return drawn.mock.calls.filter(([, text]) => text === 'Lut').length;
  };

  // Once among the parties in any case.
  expect([await names(null), await names(logo)]).toEqual([2, 1]);
  drawn.mockRestore();
});
