import type { Readable } from 'node:stream';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { DocumentLinks } from './document-links.js';
import type { ExportService } from './exports/export.service.js';
import { invoicePdf } from './pdf/invoice-pdf.js';
import type { InvoiceService } from './invoice.service.js';

/** A file that a browser downloads. */
export interface DocumentFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer | Readable;
}

/**
 * Opens documents by the token of their address. Null for a token that is expired or unknown, and for a deleted file.
 */
export class DocumentFiles {
  constructor(
    private readonly links: DocumentLinks,
    private readonly invoices: InvoiceService,
    private readonly exports: ExportService,
    private readonly files: FileStorage,
  ) {}

  async invoice(token: string): Promise<DocumentFile | null> {
    const id = this.links.openInvoice(token);
    const invoice = id ? await this.invoices.find(id) : null;
    if (!invoice) return null;
    return {
      name: `${invoice.printedNumber}.pdf`,
      type: 'application/pdf',
      content: await invoicePdf(invoice),
    };
  }

  async export(token: string): Promise<DocumentFile | null> {
    const id = this.links.openExport(token);
    const file = id ? await this.exports.find(id) : null;
    if (!file?.storageKey) return null;
    const content = await this.files.open(file.storageKey);
    const day = file.createdAt.toISOString().slice(0, 10);
    return content && { name: `orders-${day}.csv`, type: 'text/csv; charset=utf-8', content };
  }
}
