export { invoiceIssued } from './invoicing.events.js';
