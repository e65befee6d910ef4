import { everyValueOf } from '@vitrine/client/every-value';
import type {
  StockFilter,
  StockLocationKind,
  StockMovementFilter,
  StockMovementKind,
  StockSort,
} from '../generated/inventory/graphql';
import { startOfDay } from '../ui/days';
import type { Tone } from '../ui/StatusDot.vue';

export const STOCK_STATES = ['low', 'out'] as const;
export type StockFilterKey = 'state' | 'location';

export const STOCK_SORTS = [
  'SKU_ASC',
  'NAME_ASC',
  'AVAILABLE_ASC',
  'AVAILABLE_DESC',
] as const satisfies readonly StockSort[];

export function toStockFilter(filters: Record<StockFilterKey, string[]>): StockFilter {
  const filter: StockFilter = {};
  if (filters.state[0] === 'low') filter.low = true;
  if (filters.state[0] === 'out') filter.soldOut = true;
  if (filters.location[0]) filter.locationId = filters.location[0];
  return filter;
}

/** `good` is incoming, `quiet` outgoing, `busy` a transfer, `wait` a manual adjustment. */
export const MOVEMENT_TONES: Record<StockMovementKind, Tone> = {
  RECEIVE: 'good',
  RESERVE: 'busy',
  RELEASE: 'quiet',
  SALE: 'quiet',
  RETURN: 'good',
  ADJUST: 'wait',
  TRANSFER: 'busy',
};
export const MOVEMENT_KINDS = Object.keys(MOVEMENT_TONES) as StockMovementKind[];
export const LOCATION_KINDS = everyValueOf<StockLocationKind>({ WAREHOUSE: true, STORE: true });

export type MovementFilterKey = 'kind' | 'location' | 'import' | 'from' | 'to';

/** Days are in the time zone of the browser, both ends included. */
export function toMovementFilter(filters: Record<MovementFilterKey, string[]>): StockMovementFilter {
  const filter: StockMovementFilter = {};
  const kinds = MOVEMENT_KINDS.filter((kind) => filters.kind.includes(kind));
  if (kinds.length > 0) filter.kinds = kinds;
  if (filters.location[0]) filter.locationId = filters.location[0];
  if (filters.import[0]) filter.importId = filters.import[0];
  const from = startOfDay(filters.from[0], 0);
  const afterLastDay = startOfDay(filters.to[0], 1);
  if (from) filter.from = from.toISOString();
  if (afterLastDay) filter.to = afterLastDay.toISOString();
  return filter;
}

/** "+3", "−2", nothing for no change. */
export function signed(change: number, n: (value: number) => string): string {
  if (change === 0) return '';
  return change > 0 ? `+${n(change)}` : `−${n(-change)}`;
}

interface Level {
  onHand: number;
  available: number;
  isLow: boolean;
}

/** The stock status shown in the list: sold out, low, or enough. */
export function stockTone({ available, isLow }: Level): Tone {
  if (available <= 0) return 'bad';
  return isLow ? 'wait' : 'good';
}

export const stockStatusLabel = ({ available, isLow }: Level): 'SOLD_OUT' | 'LOW_STOCK' | 'IN_STOCK' =>
  available <= 0 ? 'SOLD_OUT' : isLow ? 'LOW_STOCK' : 'IN_STOCK';
