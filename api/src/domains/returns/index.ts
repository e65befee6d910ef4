export { ReturnFilter, ReturnSort } from './return.input.js';
export { ReturnList, type ReturnQuery } from './review/return-list.js';
export type { ReturnRow } from './return.loaders.js';
export { returnRequested } from './return.events.js';
