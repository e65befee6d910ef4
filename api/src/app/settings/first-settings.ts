import { demoAccount, demoSeller } from './demo-values.js';
import { methodsNamed } from './env-values.js';
import type { Given } from './given-settings.js';
import { isPublicShop } from './production-settings.js';

/** The groups of settings without which a shop must not begin to sell. */
export type GuardedGroup = 'seller' | 'payments';

/** What keeps a shop from its first start: from then on the settings that staff keep hold, whatever stands here. */
export function firstMistakes(env: Given): Readonly<Record<GuardedGroup, readonly string[]>> {
  const isPublic = isPublicShop(env);
  return {
    seller: isPublic ? demoSeller(env) : [],
    payments: [...missingAccount(env), ...(isPublic ? demoAccount(env) : [])],
  };
}

/** Whether a stored group is the demonstration's: a database that was filled before the shop went public. */
export function isOfDemonstration(group: GuardedGroup, stored: object): boolean {
  const { name, address, taxId, transferHolder, transferIban } = stored as Readonly<Record<string, unknown>>;
  const given =
    group === 'seller'
      ? { SELLER_NAME: name, SELLER_ADDRESS: [address].flat().join('|'), SELLER_TAX_ID: taxId }
      : { BANK_TRANSFER_HOLDER: transferHolder ?? '', BANK_TRANSFER_IBAN: transferIban ?? '' };
  return (group === 'seller' ? demoSeller : demoAccount)(given as Given).length > 0;
}

function missingAccount(env: Given): string[] {
  if (env.NODE_ENV !== 'production' || !methodsNamed(env.PAYMENT_METHODS ?? '').includes('bank_transfer'))
    return [];
  return (['BANK_TRANSFER_HOLDER', 'BANK_TRANSFER_IBAN'] as const)
    .filter((name) => !env[name])
    .map((name) => `${name} is missing: buyers who pay by bank transfer need it`);
}
