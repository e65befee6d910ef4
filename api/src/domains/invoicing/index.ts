export type { DocumentFile, DocumentFiles } from './document-files.js';
