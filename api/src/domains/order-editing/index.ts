export type { ExchangeService } from './exchange.service.js';
