import type { RouteLocationRaw } from 'vue-router';
import type { GoLiveCode } from '../generated/setup/graphql';

/** Where what is missing is entered; null for what no page of the admin changes. */
export const GO_LIVE_PLACES: Readonly<Record<GoLiveCode, RouteLocationRaw | null>> = {
  SELLER: { name: 'settings', params: { group: 'seller' } },
  PRODUCT: { name: 'products' },
  DELIVERY: { name: 'delivery' },
  PAYMENT: { name: 'settings', params: { group: 'payments' } },
  TEXTS: { name: 'pages' },
  MAIL: { name: 'integrations' },
  ADDRESS: null,
  TAX: { name: 'settings', params: { group: 'tax' } },
  DELIVERY_ABROAD: { name: 'delivery' },
};
