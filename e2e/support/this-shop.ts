import { inject } from 'vitest';

export interface ShopUrls {
  readonly storefrontUrl: string;
  readonly apiUrl: string;
}

/** The shop of this worker; nobody else uses it while a journey runs. */
export function thisShop(): ShopUrls {
  // Workers are numbered from 1.
  const shop = inject('shops')[Number(process.env['VITEST_POOL_ID']) - 1];
  if (!shop) throw new Error('No shop was opened for this worker');
  return shop;
}
