import type { FileStorage } from '../../integrations/storage/port.js';
import type { DocumentLinks } from './document-links.js';
import { invoicePdf } from './pdf/invoice-pdf.js';
import type { InvoiceService } from './invoice.service.js';

/** A file that a browser downloads. */
export interface DocumentFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Opens documents by the token of their address. Null for a token that is expired or unknown.
 */
export class DocumentFiles {
  constructor(
    private readonly links: DocumentLinks,
    private readonly invoices: InvoiceService,
    /** Public storage, in which the logo is. */
    private readonly storage: Pick<FileStorage, 'read'>,
  ) {}

  async invoice(token: string): Promise<DocumentFile | null> {
    const id = this.links.openInvoice(token);
    const invoice = id ? await this.invoices.find(id) : null;
    if (!invoice) return null;
    const { logo } = invoice.content.brand ?? { logo: null };
    return {
      name: `${invoice.printedNumber}.pdf`,
      type: 'application/pdf',
      content: await invoicePdf(invoice, logo && (await this.storage.read(logo.key))),
    };
  }
}
