import type {
  Availability,
  ProductStatus,
  StaffProductFilter,
  StaffProductSort,
} from '../../generated/catalog/graphql';
import type { Tone } from '../../ui/StatusDot.vue';
import { PRODUCT_STATUSES } from '../product-fields';

export type ProductFilterKey = 'status' | 'category' | 'tag' | 'availability';

export const PRODUCT_SORTS = [
  'NEWEST',
  'OLDEST',
  'NAME_ASC',
  'NAME_DESC',
  'UPDATED_DESC',
  'PRICE_ASC',
  'PRICE_DESC',
] as const satisfies readonly StaffProductSort[];

export const STATUS_TONES: Record<ProductStatus, Tone> = { DRAFT: 'wait', ACTIVE: 'good', ARCHIVED: 'quiet' };
export const STOCK_TONES: Record<Availability, Tone> = {
  IN_STOCK: 'good',
  LOW_STOCK: 'wait',
  BACKORDER: 'busy',
  SOLD_OUT: 'bad',
};

export const AVAILABILITIES = Object.keys(STOCK_TONES) as Availability[];

export function toProductFilter(filters: Record<ProductFilterKey, string[]>): StaffProductFilter {
  const filter: StaffProductFilter = {};
  const status = PRODUCT_STATUSES.filter((value) => filters.status.includes(value));
  const availability = AVAILABILITIES.filter((value) => filters.availability.includes(value));
  if (status.length > 0) filter.statuses = status;
  if (availability.length > 0) filter.availabilities = availability;
  if (filters.category[0]) filter.category = filters.category[0];
  if (filters.tag[0]) filter.tag = filters.tag[0];
  return filter;
}
