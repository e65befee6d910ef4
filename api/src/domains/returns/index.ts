export { ReturnFilter, ReturnSort } from './return.input.js';
export { ReturnList, returnQuery, type ReturnQuery } from './review/return-list.js';
export { ReturnStatus } from './return-states.js';
export type { ReturnReviewService } from './review/return-review.service.js';
export type { ReturnRow } from './return.loaders.js';
export { returnRequested } from './return.events.js';
export { Return } from './return.type.js';
