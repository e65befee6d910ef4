export type { ExchangeOutcome, ExchangeRequest, ExchangeService } from './exchange.service.js';
