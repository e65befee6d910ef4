import type { OrderEntity } from './order.entity.js';
import type { OrderSort } from './order.input.js';

interface Sorting {
  readonly column: string;
  readonly cast: 'timestamptz' | 'bigint';
  readonly descending: boolean;
  readonly value: (order: OrderEntity) => string | number;
}

// When the order was placed; an order that is not placed is sorted by when it was created.
export const PLACED_AT = 'coalesce(placed_at, created_at)';

const byTime = {
  column: PLACED_AT,
  cast: 'timestamptz' as const,
  value: (o: OrderEntity) => (o.placedAt ?? o.createdAt).toISOString(),
};
const byNumber = {
  column: 'created_at',
  cast: 'timestamptz' as const,
  value: (o: OrderEntity) => o.createdAt.toISOString(),
};
const byUpdate = {
  column: 'updated_at',
  cast: 'timestamptz' as const,
  value: (o: OrderEntity) => o.updatedAt.toISOString(),
};
const byTotal = { column: 'total_gross', cast: 'bigint' as const, value: (o: OrderEntity) => o.totalGross };

// Numbers come from a sequence, so their order is the order of creation, which has an index.
export const SORTS: Readonly<Record<OrderSort, Sorting>> = {
  NEWEST: { ...byTime, descending: true },
  OLDEST: { ...byTime, descending: false },
  NUMBER_DESC: { ...byNumber, descending: true },
  NUMBER_ASC: { ...byNumber, descending: false },
  UPDATED_DESC: { ...byUpdate, descending: true },
  UPDATED_ASC: { ...byUpdate, descending: false },
  TOTAL_DESC: { ...byTotal, descending: true },
  TOTAL_ASC: { ...byTotal, descending: false },
};
