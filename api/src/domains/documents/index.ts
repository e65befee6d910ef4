export type { DocumentFile, DocumentFiles } from './document-files.js';
export type { Seller } from './invoice-content.js';
export { Invoice, InvoiceKind } from './invoice.type.js';
