export type { DocumentFile, DocumentFiles } from './document-files.js';
export { invoiceIssued } from './invoicing.events.js';
