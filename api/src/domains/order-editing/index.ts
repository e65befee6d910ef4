export type { DraftOrderService } from './drafts/draft-order.service.js';
export type { ExchangeRequest, ExchangeService } from './exchange.service.js';
export { orderEdited } from './order-editing.events.js';
