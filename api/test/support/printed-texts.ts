import { vi } from 'vitest';
import { invoiceById } from '../../src/domains/invoicing/invoicing.statements.js';
import { invoicePdf } from '../../src/domains/invoicing/pdf/invoice-pdf.js';
import { PdfPage } from '../../src/domains/invoicing/pdf/pdf-page.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';

/** Everything that the PDF of each document of an order says, as it is drawn: in the order of its numbers. */
export async function printedTexts(shop: TestShop, orderNumber: string): Promise<string[][]> {
  const documents = await shop.sql<{ id: string }>(
    'SELECT i.id FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1 ORDER BY i.number',
    [orderNumber],
  );
  const printed: string[][] = [];
  for (const { id } of documents) {
    const texts: string[] = [];
    const write = PdfPage.prototype.text;
    const spy = vi.spyOn(PdfPage.prototype, 'text').mockImplementation(function (this: PdfPage, ...given) {
      texts.push(given[1].replace(/[\u00a0\u202f]/g, ' '));
      write.apply(this, given);
    });
    try {
      const document = await shop.shop.database.row(invoiceById, { id });
      if (document) await invoicePdf(document);
    } finally {
      spy.mockRestore();
    }
    printed.push(texts);
  }
  return printed;
}
