export { deskEvents } from './desk.jobs.js';
export type { ExchangeOutcome, ExchangeRequest, ExchangeService } from './exchange.service.js';
