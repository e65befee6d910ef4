export type { ExchangeService } from './exchange.service.js';
export { draftSent, orderEdited, orderEditProposed } from './order-editing.events.js';
