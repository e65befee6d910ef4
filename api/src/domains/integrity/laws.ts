import type { Law } from './law.js';
import { MONEY_LAWS } from './money-laws.js';
import { NEWS_LAWS } from './news-laws.js';
import { STOCK_LAWS } from './stock-laws.js';

/** Everything that must be true of the books at any moment, apart from work that is still in flight. */
export const LAWS: readonly Law[] = [...STOCK_LAWS, ...MONEY_LAWS, ...NEWS_LAWS];
